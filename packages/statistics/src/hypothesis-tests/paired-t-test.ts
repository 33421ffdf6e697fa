import { checkFinite } from '../check-values.ts';
import { studentTCdf } from '../distributions/student-t-cdf.ts';
import { mean, variance } from '../mean.ts';
import { varies } from '../varies.ts';
import type { TestResult } from './test-result.ts';

/**
 * Student's paired t test of "the mean difference is 0", two-sided: t = mean / (standard deviation / sqrt(n)) with n - 1
 * degrees of freedom; too few below two differences.
 *
 * Differences that are all the same have no spread to measure: t is then the largest that rounding allows and p that of
 * flipping signs, 2^(1-n), which asks nothing of the spread; 0 and 1 when they are all 0.
 *
 * @throws RangeError when a difference is not finite.
 */
export function pairedTTest(differences: readonly number[]): TestResult {
  checkFinite(differences);
  const n = differences.length;
  if (n < 2) return { tooFew: true, n };
  const centre = mean(differences);
  if (centre === 0) return { statistic: 0, p: 1, n };
  const rounding = 10 * Number.EPSILON * Math.abs(centre);
  const error = Math.max(Math.sqrt(variance(differences) / n), rounding);
  const statistic = centre / error;
  const hasSpread = varies(differences) && error > rounding;
  return { statistic, p: hasSpread ? 2 * studentTCdf(-Math.abs(statistic), n - 1) : 2 ** (1 - n), n };
}
