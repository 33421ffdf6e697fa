import { checkPositive } from '../check-values.ts';
import { statesAfter } from '../states-after.ts';
import { type Alarm, type Process, standardised } from './process.ts';

export type EwmaOptions = Process & {
  /** The weight of the newest value, in (0, 1]: the smaller, the smaller the shifts it finds. 0.1 when absent. */
  lambda?: number | undefined;
  /**
   * Width of the limits in standard deviations of the average. 2.814 when absent: with lambda of 0.1 one false alarm in some
   * 490 values.
   */
  limit?: number | undefined;
};

/** Plain data, in the unit of the values. */
export type EwmaState = { n: number; average: number; low: number; high: number; alarm: Alarm };

/**
 * The exponentially weighted moving average chart, one value at a time: average = lambda value + (1 - lambda) average,
 * from the target on, alarm outside target +- limit s sqrt(lambda (1 - (1 - lambda)^(2n)) / (2 - lambda)) (Roberts 1959;
 * Montgomery, Introduction to Statistical Quality Control, chapter 9).
 *
 * @param state undefined to begin.
 * @throws RangeError for numbers not finite, a deviation or limit not above 0, a lambda outside (0, 1].
 */
export function updateEwma(state: EwmaState | undefined, value: number, options: EwmaOptions): EwmaState {
  const { target, standardDeviation, lambda = 0.1, limit = 2.814 } = options;
  if (!(lambda > 0 && lambda <= 1)) throw new RangeError(`Lambda lies in (0, 1], got ${lambda}`);
  checkPositive('A limit', limit);
  const n = (state?.n ?? 0) + 1;
  const before = (state?.average ?? target) - target;
  const moved = lambda * standardised(value, options) * standardDeviation + (1 - lambda) * before;
  const margin = limit * standardDeviation * Math.sqrt((lambda * (1 - (1 - lambda) ** (2 * n))) / (2 - lambda));
  const alarm = Math.abs(moved) <= margin ? 'none' : moved > 0 ? 'up' : 'down';
  return { n, average: target + moved, low: target - margin, high: target + margin, alarm };
}

/** The state after each value: `updateEwma` over an array, and throws as it does. */
export function ewma(values: readonly number[], options: EwmaOptions): EwmaState[] {
  return statesAfter<EwmaState>(values, (state, value) => updateEwma(state, value, options));
}
