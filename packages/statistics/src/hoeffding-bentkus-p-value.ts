import { binomialTail } from './distributions/binomial-tail.ts';
import { hoeffdingPValue } from './hoeffding-p-value.ts';
import { mean } from './mean.ts';
import { type MeanHypothesis, unitScaledTest } from './unit-scale.ts';

/**
 * The Hoeffding-Bentkus p-value (Bates et al. 2021; Bentkus 2004) for "the mean is at most `bar`", for independent values
 * in [low, high]: the lesser of Hoeffding's and e times the tail of a binomial whose losses, 1 - value on the unit scale,
 * add up as seen. Depends on the mean only, not on the order; for values that vary little `bettingPValue` is far sharper.
 *
 * @throws RangeError for values outside the range, a bar outside [low, high).
 */
export function hoeffdingBentkusPValue(values: readonly number[], hypothesis: MeanHypothesis): number {
  if (values.length === 0) return 1;
  const { values: scaled, bar } = unitScaledTest(values, hypothesis);
  // Binary dust must not turn 3 losses into 4.
  const losses = Math.ceil(Number((scaled.length * (1 - mean(scaled))).toFixed(9)));
  return Math.min(hoeffdingPValue(values, hypothesis), Math.E * binomialTail(losses, scaled.length, 1 - bar));
}
