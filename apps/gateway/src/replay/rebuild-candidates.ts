import type { CandidateRecord, CatalogModel, Removal } from '@pointsman/contracts';
import { expectedCost, priceOn } from '@pointsman/model-catalog';
import type { Candidate } from '@pointsman/router-model/choice';
import { type EstimatedCandidate, isEstimated, type RecordedRequest } from './recorded-request.ts';
import { blindMeanOf, type ReplayGround, type ReplayTerms } from './replay-ground.ts';

export type Rebuilt = {
  candidates: Candidate[];
  /** Models the policy allows that the request was never estimated for: their average stands in, or nothing does. */
  averaged: string[];
  unknown: string[];
};

/** Removals that a policy has a part in, or its request by the same means: looked at anew. */
const RECONSIDERED = new Set<Removal>(['max-cost', 'max-latency', 'min-score']);

type Rebuilding = {
  request: RecordedRequest;
  terms: ReplayTerms;
  /** The policy as it is now. */
  present: ReplayTerms;
  ground: ReplayGround;
};

/**
 * The candidates that a request would have under a policy. Estimates, costs and latencies are those of its record, as is what
 * made a model unable to serve; what barred or failed it under the policy of then is left to the policy at hand.
 */
export function rebuildCandidates(rebuilding: Rebuilding): Rebuilt {
  const rebuilt: Rebuilt = { candidates: [], averaged: [], unknown: [] };
  for (const model of rebuilding.ground.models) {
    const candidate = rebuild(model, rebuilding, rebuilt);
    if (candidate !== undefined) rebuilt.candidates.push(candidate);
  }
  return rebuilt;
}

function rebuild(model: CatalogModel, rebuilding: Rebuilding, rebuilt: Rebuilt): Candidate | undefined {
  const { request, terms, present, ground } = rebuilding;
  const record = request.candidates.get(model.id);
  const barred = terms.barred.get(model.id);
  if (record !== undefined && isEstimated(record))
    return { ...estimatedCandidate(model, record, rebuilding), ...barred };
  if (barred !== undefined) return { modelId: model.id, ...barred };
  if (record?.removedBy !== undefined && record.removedBy !== 'region') return stillRemoved(record);
  // Where the policy did not bar it, the request did, or the catalogue had it not.
  const wasBarred = request.isPolicySame ? present.barred.has(model.id) : !ground.seenEarlier.has(model.id);
  if (!wasBarred) return undefined;
  const averaged = averagedCandidate(model, rebuilding);
  (averaged === undefined ? rebuilt.unknown : rebuilt.averaged).push(model.id);
  return averaged;
}

const stillRemoved = ({ modelId, removedBy, detail }: CandidateRecord): Candidate => ({ modelId, removedBy, detail });

function estimatedCandidate(model: CatalogModel, record: EstimatedCandidate, { terms, ground }: Rebuilding): Candidate {
  const { removedBy, detail, scores, basis = 'prior', expectedOutputTokens = 0 } = record;
  return {
    modelId: model.id,
    estimate: { scores, basis, outputTokens: expectedOutputTokens },
    expectedCostNanoUsd: record.expectedCostNanoUsd,
    latencyP95Ms: record.latencyP95Ms,
    ...(removedBy !== undefined && !RECONSIDERED.has(removedBy) && { removedBy, detail }),
    ...(terms.policy.floor !== undefined && { blindMean: blindMeanOf(model, terms.policy, ground) }),
  };
}

/** A model the request was never estimated for, by its averages; undefined where it may lack what the request needs. */
function averagedCandidate(model: CatalogModel, { request, terms, ground }: Rebuilding): Candidate | undefined {
  const { inputTokens, hasNeeds, at } = request;
  const price = priceOn(model, at);
  if (inputTokens === undefined || hasNeeds || price === undefined || inputTokens >= model.contextTokens) {
    return undefined;
  }
  const estimate = ground.averageOf(model);
  return {
    modelId: model.id,
    estimate,
    expectedCostNanoUsd: expectedCost(price, { inputTokens, outputTokens: estimate.outputTokens }),
    ...(terms.policy.floor !== undefined && { blindMean: blindMeanOf(model, terms.policy, ground) }),
  };
}
