import type { ChatRequest, ModelEstimate } from '@pointsman/contracts';
import { expectedCost, priceOn } from '@pointsman/model-catalog';
import type { Candidate, SessionState } from './choose-model.ts';
import type { ListedModel, RequestFacts } from './list-candidates.ts';

export type Estimation = {
  facts: RequestFacts;
  estimateOf(entry: ListedModel): ModelEstimate;
  latencyP95Ms(modelId: string): number | undefined;
  /** Input tokens the session's model probably still holds in its provider's prompt cache. */
  cachedTokens: { modelId: string; tokens: number } | undefined;
};

/** Gives every listed model its estimates and its expected cost; what was removed keeps only the reason. */
export function estimateCandidates(listed: readonly ListedModel[], estimation: Estimation): Candidate[] {
  return listed.map((entry) => {
    if (entry.removedBy !== undefined) {
      return { modelId: entry.model.id, removedBy: entry.removedBy, detail: entry.detail };
    }
    const estimate = estimation.estimateOf(entry);
    return {
      modelId: entry.model.id,
      estimate,
      expectedCostNanoUsd: costOf(entry, estimate, estimation),
      latencyP95Ms: estimation.latencyP95Ms(entry.model.id),
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
