import { binomialTail } from '../distributions/binomial-tail.ts';
import type { TestResult } from './test-result.ts';

/**
 * McNemar's exact test of "both of two paired yes-or-no outcomes are equally often yes", two-sided: of the n = b + c pairs
 * that differ, `b` yes for the first only and `c` for the second only, as many are expected either way (McNemar 1947).
 *
 * p = 2 P(X <= min(b, c)) for X binomial with n draws and share 1/2, at most 1; `statistic` is min(b, c). Too few when no
 * pair differs.
 *
 * @throws RangeError unless both are whole and at least 0.
 */
export function mcnemarExact(b: number, c: number): TestResult {
  if (!Number.isInteger(b) || !Number.isInteger(c) || b < 0 || c < 0)
    throw new RangeError(`Counts are whole and at least 0, got ${b} and ${c}`);
  const n = b + c;
  if (n === 0) return { tooFew: true, n };
  const statistic = Math.min(b, c);
  return { statistic, p: Math.min(1, 2 * binomialTail(statistic, n, 0.5)), n };
}
