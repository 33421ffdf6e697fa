import type {
  CandidateRecord,
  Decision,
  MinScores,
  Policy,
  Reason,
  Removal,
  ReplaySkip,
  RequestOptions,
} from '@pointsman/contracts';
import { maxCostNanoUsd, NANO_PER_USD } from '@pointsman/contracts';

/** A past request as far as another policy needs to know it. */
export type RecordedRequest = {
  /** ISO instant. */
  at: string;
  /** Requests of one group may be alike: those of a session. */
  group: string;
  reason: Reason;
  /** The policy has not changed since. */
  isPolicySame: boolean;
  candidates: ReadonlyMap<string, CandidateRecord>;
  /** What the request itself asked beyond its policy, as far as its record tells. */
  asked: Pick<RequestOptions, 'max_cost_usd' | 'min_score' | 'max_latency_ms'>;
  /** It needs something that a model was found to lack: what other models lack is not known. */
  hasNeeds: boolean;
  inputTokens: number | undefined;
  domain: string | undefined;
  familiarity: number | undefined;
  /** The model asked first. */
  firstChoice: string | undefined;
  answeredBy: string | undefined;
  /** What the reply cost over what it was expected to cost; 1 where nobody knows. */
  costRatio: number;
};

const NEEDS = new Set<Removal>([
  'modality',
  'tools',
  'structured-output',
  'unsupported-parameter',
  'context-length',
  'output-length',
]);

/** Why a decision says nothing about a policy; undefined when it does. */
export function skipOf({ requestedModel, outcome, candidates }: Decision): ReplaySkip | undefined {
  if (requestedModel !== 'auto' && !requestedModel.startsWith('auto/')) return 'model-named';
  if (outcome === 'cached') return 'cached';
  if (candidates.length === 0) return 'not-considered';
  return candidates.some(isEstimated) ? undefined : 'no-estimates';
}

export type EstimatedCandidate = CandidateRecord & {
  scores: NonNullable<CandidateRecord['scores']>;
  expectedCostNanoUsd: number;
};

export const isEstimated = (candidate: CandidateRecord): candidate is EstimatedCandidate =>
  candidate.scores !== undefined && candidate.expectedCostNanoUsd !== undefined;

/** Reads a decision that `skipOf` lets pass; `policy` is the one it was made under, as it is now. */
export function readRequest(
  decision: Decision,
  { policy, policyChangedMs }: { policy: Policy; policyChangedMs: number | undefined },
): RecordedRequest {
  const isPolicySame = policyChangedMs === undefined || Date.parse(decision.at) >= policyChangedMs;
  const { candidates, attempts, modelId } = decision;
  return {
    at: decision.at,
    group: decision.session ?? decision.id,
    reason: decision.reason,
    isPolicySame,
    candidates: new Map(candidates.map((candidate) => [candidate.modelId, candidate])),
    // What another policy demanded cannot be told from what the request did.
    asked: isPolicySame ? askedBy(decision, policy) : {},
    hasNeeds: candidates.some(({ removedBy }) => removedBy !== undefined && NEEDS.has(removedBy)),
    inputTokens: decision.usage.inputTokens,
    domain: decision.domain,
    familiarity: decision.familiarity,
    firstChoice: attempts[0]?.modelId ?? modelId,
    answeredBy: modelId,
    costRatio: costRatioOf(decision),
  };
}

/** Demands on record that the policy does not explain. A ceiling is known only by the cheapest and the fastest it removed. */
function askedBy({ bar, candidates }: Decision, policy: Policy): RecordedRequest['asked'] {
  const minScores = Object.entries(bar?.minScores ?? {}) as [keyof MinScores, number][];
  const demanded = minScores.filter(([name, minimum]) => minimum > (policy.minScores[name] ?? 0));
  const least = (values: (number | undefined)[], ceiling = Number.POSITIVE_INFINITY): number | undefined => {
    const unexplained = values.filter((value) => value !== undefined && value <= ceiling) as number[];
    return unexplained.length === 0 ? undefined : Math.min(...unexplained);
  };
  const removedBy = (removal: Removal) => candidates.filter((candidate) => candidate.removedBy === removal);
  const tooDear = least(
    removedBy('max-cost').map(({ expectedCostNanoUsd }) => expectedCostNanoUsd),
    maxCostNanoUsd(policy.maxCostUsd),
  );
  const tooSlow = least(
    removedBy('max-latency').map(({ latencyP95Ms }) => latencyP95Ms),
    policy.maxLatencyMs,
  );
  return {
    ...(demanded.length > 0 && { min_score: Object.fromEntries(demanded) }),
    ...(tooDear !== undefined && { max_cost_usd: Math.max(0, tooDear - 1) / NANO_PER_USD }),
    ...(tooSlow !== undefined && { max_latency_ms: Math.max(0, Math.ceil(tooSlow) - 1) }),
  };
}

/** A reply longer than expected would have been longer from any model. */
function costRatioOf({ attempts, candidates, modelId }: Decision): number {
  const cost = attempts.findLast(({ outcome }) => outcome === 'answered')?.cost;
  const expected = candidates.find((candidate) => candidate.modelId === modelId)?.expectedCostNanoUsd;
  if (cost === undefined || cost.status === 'unknown' || !expected) return 1;
  return cost.nanoUsd / expected;
}
