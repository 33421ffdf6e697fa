import { checkFinite, checkPositive } from '../check-values.ts';

/** How values behave while nothing has changed: known beforehand, or measured on values before the watch began. */
export type Process = { target: number; standardDeviation: number };

/** In which direction values left their target. */
export type Alarm = 'none' | 'up' | 'down';

/** The distance from the target in standard deviations. @throws RangeError for numbers not finite, a deviation not above 0. */
export function standardised(value: number, { target, standardDeviation }: Process): number {
  checkFinite([value, target]);
  checkPositive('A standard deviation', standardDeviation);
  return (value - target) / standardDeviation;
}
