import { checkFinite } from '../check-values.ts';
import { normalCdf } from '../distributions/normal-cdf.ts';
import { ranks } from '../ranks.ts';
import type { TestResult } from './test-result.ts';

export type WilcoxonOptions = {
  /**
   * `conditional` (the default): differences equal up to rounding share their rank, and the exact p-value is that of the
   * very ranks that occur. `ignored`: as SciPy 1.10 did, the exact p-value is looked up as if no two were equal, for
   * comparison with figures computed so; with many ties it is wrong in either direction.
   */
  ties?: 'conditional' | 'ignored' | undefined;
};

/**
 * Wilcoxon's signed-rank test of "differences are symmetric around 0", two-sided. Zeros are dropped (Wilcoxon 1945); `n`
 * counts the others, too few when there are none. `statistic` is the lesser of the sums of positive and negative ranks.
 *
 * Exact up to 50 differences, from the distribution of the rank sum under all 2^n signs; beyond, the normal approximation
 * with variance sum(rank^2) / 4, which allows for ties, without continuity correction.
 *
 * @throws RangeError when a difference is not finite.
 */
export function wilcoxonSignedRank(differences: readonly number[], options: WilcoxonOptions = {}): TestResult {
  checkFinite(differences);
  const { ties = 'conditional' } = options;
  const signed = ties === 'ignored' ? differences : withoutRounding(differences);
  const kept = signed.filter((difference) => difference !== 0);
  const n = kept.length;
  if (n === 0) return { tooFew: true, n };
  const sizes = ranks(kept.map(Math.abs));
  const total = (n * (n + 1)) / 2;
  const positive = sizes.reduce((sum, rank, index) => sum + ((kept[index] ?? 0) > 0 ? rank : 0), 0);
  const statistic = Math.min(positive, total - positive);
  if (n > MOST_EXACT) return { statistic, p: approximateP(sizes, positive - total / 2), n };
  const p =
    ties === 'ignored'
      ? exactP(
          kept.map((_, index) => index + 1),
          Math.trunc(positive),
        )
      : exactP(sizes, positive);
  return { statistic, p, n };
}

/** Differences on a grid of 1e-10 of the largest: 4.3 - 4 and 3.3 - 3 are meant to be equal. */
function withoutRounding(differences: readonly number[]): number[] {
  const largest = differences.reduce((most, difference) => Math.max(most, Math.abs(difference)), 0);
  return largest === 0 ? [] : differences.map((difference) => Math.round((difference / largest) * 1e10));
}

function approximateP(sizes: readonly number[], excess: number): number {
  const squares = sizes.reduce((sum, rank) => sum + rank * rank, 0);
  return 2 * normalCdf(-Math.abs(excess) / Math.sqrt(squares / 4));
}

/** Twice the lesser tail of the sum of the ranks that a fair coin picks. */
function exactP(sizes: readonly number[], positive: number): number {
  // Shared ranks are halves: twice each is whole.
  const doubled = sizes.map((rank) => Math.round(2 * rank));
  const ways = waysToSum(doubled);
  const at = Math.round(2 * positive);
  const [below, above] = [ways.slice(0, at + 1), ways.slice(at)].map((tail) =>
    tail.reduce((sum, count) => sum + count, 0),
  );
  return Math.min(1, (2 * Math.min(below ?? 0, above ?? 0)) / 2 ** sizes.length);
}

/** How many of all subsets have each sum; whole numbers up to 2^50 are exact. */
function waysToSum(sizes: readonly number[]): number[] {
  let ways = [1];
  for (const size of sizes) {
    const without = ways;
    ways = Array.from({ length: without.length + size }, (_, sum) => (without[sum] ?? 0) + (without[sum - size] ?? 0));
  }
  return ways;
}

const MOST_EXACT = 50;
