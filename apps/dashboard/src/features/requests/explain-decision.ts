import type { CandidateRecord, Decision } from '@pointsman/contracts';
import type { Interval } from '../../components/index.ts';

/** Two-sided 95 % of a normal distribution. */
const Z_95 = 1.96;

/** What 95 % of such requests would score, cut to the scale. */
export const intervalOf = ({ mean, spread }: { mean: number; spread: number }): Interval => ({
  low: Math.max(0, mean - Z_95 * spread),
  high: Math.min(1, mean + Z_95 * spread),
});

/** What can be said of a decision in words, as facts: the page puts them into sentences of its language. */
export type Explanation = {
  considered: number;
  /** Left after every constraint: what the rule chose among. */
  inTheRunning: number;
  /** Those removed, by what removed them, most first. */
  removed: { by: NonNullable<CandidateRecord['removedBy']>; count: number }[];
  served: CandidateRecord | undefined;
  /** Weighed candidates that were expected to be cheaper than the one that served, cheapest first. */
  cheaper: CandidateRecord[];
  /** The minimum overall score, if any. */
  bar: number | undefined;
  /** What the reply cost against what it was expected to: their ratio; undefined where one is unknown or nothing. */
  costRatio: number | undefined;
  /** Attempts before the one that answered. */
  failedAttempts: number;
};

/** Facts behind the choice, all from the record itself. */
export function explainDecision(decision: Decision): Explanation {
  const { candidates, modelId, cost, bar, attempts } = decision;
  const served = candidates.find((candidate) => candidate.modelId === modelId);
  const expected = served?.expectedCostNanoUsd;
  const cheaper = candidates
    .filter(({ expectedCostNanoUsd }) => expected !== undefined && (expectedCostNanoUsd ?? expected) < expected)
    .sort((a, b) => (a.expectedCostNanoUsd ?? 0) - (b.expectedCostNanoUsd ?? 0));
  const byRemoval = Map.groupBy(
    candidates.flatMap(({ removedBy }) => (removedBy === undefined ? [] : [removedBy])),
    (removedBy) => removedBy,
  );
  return {
    considered: candidates.length,
    inTheRunning: candidates.filter(({ removedBy }) => removedBy === undefined).length,
    removed: [...byRemoval].map(([by, all]) => ({ by, count: all.length })).sort((a, b) => b.count - a.count),
    served,
    cheaper,
    bar: bar?.minScores.overall,
    costRatio: cost.status === 'unknown' || !expected ? undefined : cost.nanoUsd / expected,
    failedAttempts: attempts.filter(({ outcome }) => outcome === 'failed').length,
  };
}

/** The order of the picture: what was served first, then what was in the running, cheapest first, then the removed. */
export function orderCandidates({ candidates, modelId }: Decision): CandidateRecord[] {
  const rank = (candidate: CandidateRecord) =>
    candidate.modelId === modelId ? 0 : candidate.removedBy === undefined ? 1 : candidate.overall ? 2 : 3;
  const cost = ({ expectedCostNanoUsd }: CandidateRecord) => expectedCostNanoUsd ?? Number.MAX_SAFE_INTEGER;
  return candidates.toSorted((a, b) => rank(a) - rank(b) || cost(a) - cost(b) || a.modelId.localeCompare(b.modelId));
}
