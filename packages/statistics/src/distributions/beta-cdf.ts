import { incompleteBeta } from './incomplete-beta.ts';

/**
 * The distribution function of the beta distribution with shapes `a` and `b` above 0: P(X <= x), 0 below x = 0 and 1 above
 * x = 1. Error as `incompleteBeta`'s.
 *
 * @throws RangeError when `x` is NaN or a shape is not above 0.
 */
export function betaCdf(x: number, a: number, b: number): number {
  checkShapes(a, b);
  if (Number.isNaN(x)) throw new RangeError('A beta variable is a number, got NaN');
  return incompleteBeta(x, a, b);
}

/** @throws RangeError unless both are finite and above 0. */
export function checkShapes(a: number, b: number): void {
  if (!(a > 0 && b > 0 && Number.isFinite(a + b)))
    throw new RangeError(`Shapes of a beta distribution are above 0, got ${a} and ${b}`);
}
