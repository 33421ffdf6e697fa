import type { CandidateRecord, Decision } from '@pointsman/contracts';
import type { DecisionRow } from '../schema.ts';

/** What the roll-ups add up of one decision; null where it is not known. */
export type DecisionFacts = Pick<
  DecisionRow,
  'qualityBp' | 'qualitySpreadBp' | 'oversizedBp' | 'undersizedBp' | 'strongestMissMicroUsd' | 'strongestCostNanoUsd'
>;

const BASIS_POINTS = 10_000;
const LARGEST_SMALLINT = 32_767;
const NANO_PER_MICRO = 1000;
/** A reply that cost 30 dollars more or less than expected: beyond it nothing is known of what another would have cost. */
const LARGEST_MISS_MICRO_USD = 30_000_000;

const NONE: DecisionFacts = Object.freeze({
  qualityBp: null,
  qualitySpreadBp: null,
  oversizedBp: null,
  undersizedBp: null,
  strongestMissMicroUsd: null,
  strongestCostNanoUsd: null,
});

const inBasisPoints = (value: number): number => Math.min(Math.round(value * BASIS_POINTS), LARGEST_SMALLINT);

/** A candidate that could serve, within every ceiling: whether it met the bar or not, it was weighed. */
type Weighed = CandidateRecord & {
  overall: NonNullable<CandidateRecord['overall']>;
  risk: number;
  expectedCostNanoUsd: number;
};

const wasWeighed = (candidate: CandidateRecord): candidate is Weighed =>
  candidate.overall !== undefined && candidate.risk !== undefined && candidate.expectedCostNanoUsd !== undefined;

/**
 * The facts of an answered request whose model the router weighed; all null for any other: named models, cached replies,
 * failures and refusals have no estimate.
 *
 * Quality: mean and spread of the served model's overall estimate.
 * Undersized: the probability that the served model falls below a minimum score, as recorded (a Bonferroni bound: exact for
 * one minimum, at most too high for several). Oversized: the probability that a strictly cheaper candidate would have met
 * them all; that of the likeliest one, a lower bound for any of them. Both null without a minimum score.
 * Strongest: the candidate with the highest overall mean, the cheaper of equals. Its cost is what was paid, times the ratio of
 * the two expected costs, so that a reply longer than expected is longer for both; where the served model is expected to be
 * free, the strongest's expected cost. The miss is how far actual and expected cost lay apart, on the strongest's scale: it is
 * taken to miss its expectation on its own as the served model did, which is too wide where both miss in one direction.
 */
export function decisionFacts(decision: Decision): DecisionFacts {
  const { modelId, outcome, candidates } = decision;
  if (outcome !== 'answered' || candidates.length === 0) return NONE;
  const served = candidates.find((candidate) => candidate.modelId === modelId);
  if (served === undefined || !wasWeighed(served)) return NONE;
  const { mean, spread } = served.overall;
  return {
    qualityBp: inBasisPoints(mean),
    qualitySpreadBp: inBasisPoints(spread),
    ...sizeFacts(decision, served),
    ...strongestFacts(decision, served),
  };
}

function sizeFacts(
  { bar, candidates }: Decision,
  served: Weighed,
): Pick<DecisionFacts, 'oversizedBp' | 'undersizedBp'> {
  const hasMinimum = bar !== undefined && Object.values(bar.minScores).some((minimum) => minimum > 0);
  if (!hasMinimum) return { oversizedBp: null, undersizedBp: null };
  let leastRisk = 1;
  for (const candidate of candidates) {
    if (!wasWeighed(candidate) || candidate.expectedCostNanoUsd >= served.expectedCostNanoUsd) continue;
    leastRisk = Math.min(leastRisk, candidate.risk);
  }
  return { oversizedBp: inBasisPoints(1 - leastRisk), undersizedBp: inBasisPoints(served.risk) };
}

function strongestFacts(
  { cost, candidates }: Decision,
  served: Weighed,
): Pick<DecisionFacts, 'strongestCostNanoUsd' | 'strongestMissMicroUsd'> {
  const unknown = { strongestCostNanoUsd: null, strongestMissMicroUsd: null };
  if (cost.status === 'unknown') return unknown;
  let strongest = served;
  for (const candidate of candidates) {
    if (wasWeighed(candidate) && isStronger(candidate, strongest)) strongest = candidate;
  }
  if (strongest === served) return { strongestCostNanoUsd: cost.nanoUsd, strongestMissMicroUsd: 0 };
  const expected = served.expectedCostNanoUsd;
  if (expected === 0) return { strongestCostNanoUsd: strongest.expectedCostNanoUsd, strongestMissMicroUsd: 0 };
  const ratio = strongest.expectedCostNanoUsd / expected;
  const missMicroUsd = Math.round((Math.abs(cost.nanoUsd - expected) * ratio) / NANO_PER_MICRO);
  const nanoUsd = Math.round(cost.nanoUsd * ratio);
  if (missMicroUsd > LARGEST_MISS_MICRO_USD || !Number.isSafeInteger(nanoUsd)) return unknown;
  return { strongestCostNanoUsd: nanoUsd, strongestMissMicroUsd: missMicroUsd };
}

const isStronger = (a: Weighed, b: Weighed): boolean =>
  a.overall.mean > b.overall.mean ||
  (a.overall.mean === b.overall.mean && a.expectedCostNanoUsd < b.expectedCostNanoUsd);
