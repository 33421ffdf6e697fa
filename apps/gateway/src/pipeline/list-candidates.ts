import type { CatalogModel, ChatRequest, Provider, Removal } from '@pointsman/contracts';
import { modelMatches, priceOn } from '@pointsman/model-catalog';
import type { Constraints } from './constraints-of.ts';

/** A model that could be asked, or the first reason why it cannot serve this request. */
export type ListedModel = {
  model: CatalogModel;
  provider: Provider;
  removedBy?: Removal | undefined;
  detail?: string | undefined;
  /** Request fields this model's provider cannot honour and would have to leave out. */
  ignored: readonly string[];
};

export type RequestFacts = { request: ChatRequest; inputTokens: number; isoDate: string };

export type CandidateSources = {
  /** Models whose provider is switched on. */
  models: readonly CatalogModel[];
  provider(id: string): Provider | undefined;
  assessRequest(
    provider: Provider,
    model: CatalogModel,
    request: ChatRequest,
  ): { removals: { removal: Removal; detail: string }[]; ignored: string[] };
  isHealthy(provider: string, modelId: string): boolean;
};

/** Checks every model in the order of `REMOVALS`, so that the reason given is always the first that applies. */
export function listCandidates(
  facts: RequestFacts,
  constraints: Constraints,
  sources: CandidateSources,
): ListedModel[] {
  const listed: ListedModel[] = [];
  for (const model of sources.models) {
    const provider = sources.provider(model.provider);
    if (provider !== undefined) listed.push(examine(model, provider, { facts, constraints, sources }));
  }
  // A breaker that is open everywhere must not refuse what a half-open call might answer.
  if (listed.every((entry) => entry.removedBy !== undefined)) {
    for (const entry of listed) if (entry.removedBy === 'unhealthy') entry.removedBy = undefined;
  }
  return listed;
}

type Examination = { facts: RequestFacts; constraints: Constraints; sources: CandidateSources };

function examine(model: CatalogModel, provider: Provider, examination: Examination): ListedModel {
  const { facts, constraints, sources } = examination;
  const barred = barredBy(model, constraints);
  if (barred !== undefined) return { model, provider, ...barred, ignored: [] };
  const assessment = sources.assessRequest(provider, model, facts.request);
  const [removal] = assessment.removals;
  if (removal !== undefined) {
    return { model, provider, removedBy: removal.removal, detail: removal.detail, ignored: assessment.ignored };
  }
  const unfit = doesNotFit(model, facts, constraints);
  const healthy = unfit !== undefined || sources.isHealthy(provider.id, model.id);
  const removed =
    unfit ?? (healthy ? undefined : { removedBy: 'unhealthy' as const, detail: 'its circuit breaker is open' });
  return { model, provider, ...removed, ignored: assessment.ignored };
}

type Removed = { removedBy: Removal; detail: string };

/** Why this caller may not use the model at all, whatever the request; undefined when it may. */
export function barredBy(model: CatalogModel, constraints: Constraints): Removed | undefined {
  const { providers, denied, allowLists, regionLists } = constraints;
  const allowed = allowLists.every((list) => list.some((pattern) => modelMatches(pattern, model.id)));
  if (!allowed) return { removedBy: 'not-allowed', detail: 'not on the list of allowed models' };
  if (denied.some((pattern) => modelMatches(pattern, model.id))) {
    return { removedBy: 'not-allowed', detail: 'denied by the policy' };
  }
  if (providers.only !== undefined && !providers.only.includes(model.provider)) {
    return { removedBy: 'not-allowed', detail: 'the request names other providers' };
  }
  if (providers.ignore?.includes(model.provider)) {
    return { removedBy: 'not-allowed', detail: 'the request ignores this provider' };
  }
  const outside = regionLists.find((list) => !model.regions.some((region) => list.includes(region)));
  if (outside === undefined) return undefined;
  return { removedBy: 'region', detail: `runs in ${model.regions.join(', ')}, must stay in ${outside.join(', ')}` };
}

function doesNotFit(model: CatalogModel, facts: RequestFacts, constraints: Constraints): Removed | undefined {
  const { inputTokens, request } = facts;
  const asked = request.max_completion_tokens ?? request.max_tokens ?? 1;
  if (inputTokens + asked > model.contextTokens) {
    return {
      removedBy: 'context-length',
      detail: `needs about ${inputTokens + asked} tokens, holds ${model.contextTokens}`,
    };
  }
  if (asked > model.maxOutputTokens) {
    return {
      removedBy: 'output-length',
      detail: `asked for ${asked} output tokens, gives at most ${model.maxOutputTokens}`,
    };
  }
  const price = priceOn(model, facts.isoDate);
  if (price === undefined) return { removedBy: 'price-unknown', detail: `no price holds on ${facts.isoDate}` };
  const { prompt, completion } = constraints.maxPrice;
  const dear =
    (prompt !== undefined && price.inputMicroUsdPerMtok > prompt * 1e6) ||
    (completion !== undefined && price.outputMicroUsdPerMtok > completion * 1e6);
  return dear ? { removedBy: 'max-cost', detail: 'dearer than provider.max_price' } : undefined;
}
