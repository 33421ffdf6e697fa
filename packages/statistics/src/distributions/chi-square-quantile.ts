import { checkProbability } from './check-probability.ts';
import { chiSquareSurvival } from './chi-square-survival.ts';
import { firstPast } from './first-past.ts';

/**
 * The quantile of the chi-square distribution with whole `degrees` of freedom, by halving on `chiSquareSurvival`; p in
 * (0, 1). Relative error below 1e-8 for p in [1e-6, 1 - 1e-6].
 *
 * @throws RangeError outside these ranges.
 */
export function chiSquareQuantile(p: number, degrees: number): number {
  checkProbability(p);
  return firstPast((x) => chiSquareSurvival(x, degrees) <= 1 - p, degrees);
}
