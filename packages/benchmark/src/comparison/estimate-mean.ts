import { type Interval, mean, ppiMean, studentTQuantile, variance } from '@pointsman/statistics';
import type { CaseValue } from './case-values.ts';

/** A mean over cases with what a test needs of it. */
export type MeanEstimate = {
  estimate: number;
  standardError: number;
  /** Of freedom. */
  degrees: number;
  n: number;
  /** Cases behind it that people rated. */
  annotated: number;
  basis: 'ppi' | 'checks' | 'judge';
};

/** Fewer cases than this say nothing that an interval could carry. */
export const FEWEST_CASES = 10;
/** Fewer rated cases make prediction-powered intervals that cover too seldom (85 to 93 % at 15). */
const FEWEST_ANNOTATED = 20;
const FEWEST_INFORMATIVE = 10;

/**
 * The mean of what people would say over the cases: checks as they are, judged cases corrected by those that people rated
 * (PPI++) where they rated enough, else the judge alone. Undefined for fewer than ten cases.
 *
 * The two kinds of cases are strata: each mean counts by its share, their variances add, with the degrees of
 * freedom of Welch and Satterthwaite.
 */
export function estimateMean(values: readonly CaseValue[]): MeanEstimate | undefined {
  if (values.length < FEWEST_CASES) return undefined;
  const checked = values.filter((value) => value.checked);
  const judged = values.filter((value) => !value.checked);
  const strata = [plainMean(checked), judgedMean(judged)].filter((stratum) => stratum !== undefined);
  const known = strata.reduce((sum, { n }) => sum + n, 0);
  // A stratum of a single case has no variance of its own: all together then.
  if (known < values.length) return plainMean(values);
  const shares = strata.map((stratum) => ({ ...stratum, share: stratum.n / known }));
  return {
    estimate: shares.reduce((sum, { share, estimate }) => sum + share * estimate, 0),
    standardError: Math.sqrt(shares.reduce((sum, { share, standardError }) => sum + (share * standardError) ** 2, 0)),
    degrees: satterthwaite(shares),
    n: known,
    annotated: shares.reduce((sum, { annotated }) => sum + annotated, 0),
    basis: shares.find(({ basis }) => basis !== 'checks')?.basis ?? 'checks',
  };
}

/** Student's interval around it. */
export function intervalOf(found: MeanEstimate | undefined, confidence: number, n: number): Interval {
  if (found === undefined) return { tooFew: true, n };
  const margin = studentTQuantile((1 + confidence) / 2, found.degrees) * found.standardError;
  const { estimate } = found;
  return { estimate, low: estimate - margin, high: estimate + margin, confidence, n: found.n };
}

/** Degrees of freedom of a sum of means whose variances were each estimated (Welch 1947). */
function satterthwaite(strata: readonly (MeanEstimate & { share: number })[]): number {
  const parts = strata.map(({ share, standardError, degrees }) => ({
    variance: (share * standardError) ** 2,
    degrees,
  }));
  const total = parts.reduce((sum, part) => sum + part.variance, 0);
  if (total === 0) return Math.min(...parts.map(({ degrees }) => degrees));
  return total ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / part.degrees, 0);
}

/**
 * Cases that all have the same value leave no variance, but do not prove that there is none: up to 3 of n cases may be
 * others (the rule of three), each by a whole score.
 */
function leastError(values: readonly number[]): number {
  return values.every((value) => value === values[0]) ? 1.5 / values.length : 0;
}

/**
 * Ratings that hardly ever differ from the most common one say too little of how often they do: intervals from fewer than
 * ten that differ were measured to cover 66 to 84 % of the time. The rule of three then sets the least error.
 */
function leastRatedError(ratings: readonly number[]): number {
  const counts = [...Map.groupBy(ratings, (rating) => rating).values()].map((same) => same.length);
  return ratings.length - Math.max(...counts) < FEWEST_INFORMATIVE ? 1.5 / ratings.length : 0;
}

function plainMean(values: readonly CaseValue[]): MeanEstimate | undefined {
  const n = values.length;
  if (n < 2) return undefined;
  const predicted = values.map((value) => value.predicted);
  return {
    estimate: mean(predicted),
    standardError: Math.max(Math.sqrt(variance(predicted) / n), leastError(predicted)),
    degrees: n - 1,
    n,
    annotated: 0,
    basis: values.every(({ checked }) => checked) ? 'checks' : 'judge',
  };
}

function judgedMean(values: readonly CaseValue[]): MeanEstimate | undefined {
  const labelled = values.flatMap(({ predicted, truth }) => (truth === undefined ? [] : [{ predicted, truth }]));
  const unlabelled = values.filter(({ truth }) => truth === undefined);
  if (labelled.length < FEWEST_ANNOTATED) return plainMean(values);
  const found = ppiMean({ labelled, unlabelled, fewest: FEWEST_ANNOTATED });
  if ('tooFew' in found) return plainMean(values);
  const { estimate } = found;
  const standardError = Math.max(found.standardError, leastRatedError(labelled.map(({ truth }) => truth)));
  const degrees = labelled.length - 1;
  return { estimate, standardError, degrees, n: values.length, annotated: labelled.length, basis: 'ppi' };
}
