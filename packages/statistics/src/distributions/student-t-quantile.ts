import { checkProbability } from './check-probability.ts';
import { firstPast } from './first-past.ts';
import { normalQuantile } from './normal-quantile.ts';
import { checkDegrees, upperTail } from './student-t-cdf.ts';

/**
 * The quantile of Student's t distribution, by halving on its distribution function.
 *
 * `p` in (0, 1), `degrees` of freedom above 0, not necessarily whole. For p in [1e-6, 1 - 1e-6] and degrees of 1 and more
 * the relative error is below 1e-9 up to 100,000 degrees and below 1e-8 beyond.
 *
 * @throws RangeError outside these ranges.
 */
export function studentTQuantile(p: number, degrees: number): number {
  checkProbability(p);
  checkDegrees(degrees);
  if (!Number.isFinite(degrees)) return normalQuantile(p);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const magnitude = firstPast((t) => upperTail(t, degrees) <= tail, 1);
  return p < 0.5 ? -magnitude : magnitude;
}
