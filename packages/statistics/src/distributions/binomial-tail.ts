import { checkSuccesses } from '../check-values.ts';

/**
 * P(X <= successes) of a binomial X of n draws with the given share: the exact p-value for "the share of failures is at
 * least `share`" when `successes` failures were seen (Clopper and Pearson 1934). Relative error about n x 1e-16.
 *
 * @throws RangeError unless 0 <= successes <= n, both whole, and `share` is in [0, 1].
 */
export function binomialTail(successes: number, n: number, share: number): number {
  checkSuccesses(successes, n);
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A share lies between 0 and 1, got ${share}`);
  if (successes === n || share === 0) return 1;
  if (share === 1) return 0;
  const logOdds = Math.log(share) - Math.log1p(-share);
  // In logarithms: the first term alone may be below the smallest number.
  let logTerm = n * Math.log1p(-share);
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= successes; k++) {
    logTerm += Math.log((n - k + 1) / k) + logOdds;
    tail += Math.exp(logTerm);
  }
  return Math.min(1, tail);
}
