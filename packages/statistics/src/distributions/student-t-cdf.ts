import { incompleteBeta } from './incomplete-beta.ts';
import { normalCdf } from './normal-cdf.ts';

/**
 * The distribution function of Student's t: P(T <= t) with `degrees` of freedom above 0, not necessarily whole, Infinity
 * for the normal distribution. In the lower tail the error is relative, as `incompleteBeta`'s: for a two-sided p-value take
 * twice the value at -|t|.
 *
 * @throws RangeError when `t` is NaN or `degrees` is not above 0.
 */
export function studentTCdf(t: number, degrees: number): number {
  checkDegrees(degrees);
  if (Number.isNaN(t)) throw new RangeError('A t statistic is a number, got NaN');
  if (degrees === Number.POSITIVE_INFINITY) return normalCdf(t);
  const tail = upperTail(Math.abs(t), degrees);
  return t < 0 ? tail : 1 - tail;
}

/** P(T > t) for t >= 0. */
export function upperTail(t: number, degrees: number): number {
  return 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** @throws RangeError unless `degrees` is above 0. */
export function checkDegrees(degrees: number): void {
  if (!(degrees > 0)) throw new RangeError(`Degrees of freedom are above 0, got ${degrees}`);
}
