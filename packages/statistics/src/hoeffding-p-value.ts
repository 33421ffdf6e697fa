import { mean } from './mean.ts';
import { type MeanHypothesis, unitScaledTest } from './unit-scale.ts';

/**
 * Hoeffding's p-value (1963, theorem 1, its sharper form) for "the mean is at most `bar`", for independent values in
 * [low, high]: exp(-n KL(mean, bar)) on the unit scale, KL between coins. Blind to the variance. 1 for no values.
 *
 * @throws RangeError for values outside the range, a bar outside [low, high).
 */
export function hoeffdingPValue(values: readonly number[], hypothesis: MeanHypothesis): number {
  const { values: scaled, bar } = unitScaledTest(values, hypothesis);
  const centre = Math.min(1, mean(scaled));
  return centre > bar ? Math.exp(-scaled.length * divergence(centre, bar)) : 1;
}

/** Kullback and Leibler's divergence of a coin with heads `p` from one with heads `q`, 0 <= q < p <= 1. */
function divergence(p: number, q: number): number {
  const tails = p === 1 ? 0 : (1 - p) * Math.log((1 - p) / (1 - q));
  return p * Math.log(p / q) + tails;
}
