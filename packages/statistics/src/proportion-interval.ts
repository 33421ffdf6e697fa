import { checkSuccesses } from './check-values.ts';
import { normalQuantile } from './distributions/normal-quantile.ts';
import { checkConfidence, DEFAULT_CONFIDENCE, type Interval, tooFew } from './interval.ts';

/**
 * Wilson's score interval for a proportion (1927): never leaves [0, 1] and is honest at 0 of n and n of n. Too few only when n is 0.
 *
 * @throws RangeError unless 0 <= successes <= n, both whole, and `confidence` is in (0, 1).
 */
export function proportionInterval(successes: number, n: number, confidence: number = DEFAULT_CONFIDENCE): Interval {
  checkConfidence(confidence);
  checkSuccesses(successes, n);
  if (n === 0) return tooFew(0);
  const z = normalQuantile((1 + confidence) / 2);
  const estimate = successes / n;
  const shrinkage = 1 + (z * z) / n;
  const centre = (estimate + (z * z) / (2 * n)) / shrinkage;
  const margin = (z / shrinkage) * Math.sqrt((estimate * (1 - estimate)) / n + (z * z) / (4 * n * n));
  // At the ends the formula gives exactly 0 or 1, but for rounding.
  const low = successes === 0 ? 0 : Math.max(0, centre - margin);
  const high = successes === n ? 1 : Math.min(1, centre + margin);
  return { estimate, low, high, confidence, n };
}
