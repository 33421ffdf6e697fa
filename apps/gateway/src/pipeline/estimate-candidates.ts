import type { ChatRequest, ModelEstimate } from '@pointsman/contracts';
import { expectedCost, priceOn } from '@pointsman/model-catalog';
import type { Candidate, SessionState } from '@pointsman/router-model/choice';
import type { ListedModel, RequestFacts } from './list-candidates.ts';

export type Estimation = {
  facts: RequestFacts;
  estimateOf(entry: ListedModel): ModelEstimate;
  latencyP95Ms(modelId: string): number | undefined;
  /** Input tokens the session's model probably still holds in its provider's prompt cache. */
  cachedTokens: { modelId: string; tokens: number } | undefined;
  /** Models to estimate even where they cannot serve: a certificate's pool. */
  pool?: ReadonlySet<string> | undefined;
  /** A model's overall score on average; given under a policy with a floor. */
  blindMeanOf?(entry: ListedModel): number;
};

/** Gives every listed model its estimates and its expected cost; what was removed keeps only the reason, unless a pool needs it. */
export function estimateCandidates(listed: readonly ListedModel[], estimation: Estimation): Candidate[] {
  return listed.map((entry) => {
    const { model, removedBy, detail } = entry;
    const removal = removedBy === undefined ? {} : { removedBy, detail };
    if (removedBy !== undefined && estimation.pool?.has(model.id) !== true) return { modelId: model.id, ...removal };
    const estimate = estimation.estimateOf(entry);
    return {
      modelId: model.id,
      ...removal,
      estimate,
      expectedCostNanoUsd: costOf(entry, estimate, estimation),
      latencyP95Ms: estimation.latencyP95Ms(model.id),
      blindMean: estimation.blindMeanOf?.(entry),
    };
  });
}

/** What leaving the session's model would cost on this request: the provider's discount on the cached part of the prompt. */
export function lostCacheOf(
  entry: ListedModel,
  estimate: ModelEstimate,
  estimation: Estimation,
): SessionState['lostCacheNanoUsd'] {
  const cached = costOf(entry, estimate, estimation);
  const uncached = costOf(entry, estimate, { ...estimation, cachedTokens: undefined });
  return cached === undefined || uncached === undefined ? 0 : uncached - cached;
}

function costOf(entry: ListedModel, estimate: ModelEstimate, estimation: Estimation): number | undefined {
  const { facts, cachedTokens } = estimation;
  const price = priceOn(entry.model, facts.isoDate);
  if (price === undefined) return undefined;
  const cached = cachedTokens?.modelId === entry.model.id ? Math.min(cachedTokens.tokens, facts.inputTokens) : 0;
  return expectedCost(price, {
    inputTokens: facts.inputTokens,
    cachedInputTokens: cached,
    outputTokens: expectedOutput(estimate, facts.request),
  });
}

/** The predicted length of the replies, cut at what the request allows, for every reply asked for. */
export function expectedOutput(estimate: ModelEstimate, request: ChatRequest): number {
  const ceiling = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  return Math.ceil(Math.min(estimate.outputTokens, ceiling)) * (request.n ?? 1);
}
