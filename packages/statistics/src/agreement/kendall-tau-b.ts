import { checkFinite, checkPairs } from '../check-values.ts';

type Point = { x: number; y: number };

/**
 * Kendall's rank correlation tau-b, in [-1, 1]: (concordant - discordant pairs) / sqrt(pairs not tied in x times pairs not
 * tied in y). Undefined for fewer than two pairs or when one side does not vary.
 *
 * O(n log n): discordant pairs are the inversions of y once sorted by x (Knight, JASA 61, 1966).
 *
 * @throws RangeError when the lengths differ or a value is not finite.
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): number | undefined {
  checkPairs(x, y);
  checkFinite(x);
  checkFinite(y);
  const points = x
    .map((value, index): Point => ({ x: value, y: y[index] ?? Number.NaN }))
    .sort((a, b) => a.x - b.x || a.y - b.y);
  const { sorted, inversions } = sortCounting(points.map((point) => point.y));
  const pairs = pairsOf(points.length);
  const tiedX = tiedPairs(points, (a, b) => a.x === b.x);
  const tiedY = tiedPairs(sorted, (a, b) => a === b);
  const tiedBoth = tiedPairs(points, (a, b) => a.x === b.x && a.y === b.y);
  if (tiedX === pairs || tiedY === pairs) return undefined;
  const surplus = pairs - tiedX - tiedY + tiedBoth - 2 * inversions;
  return Math.max(-1, Math.min(1, surplus / (Math.sqrt(pairs - tiedX) * Math.sqrt(pairs - tiedY))));
}

function pairsOf(n: number): number {
  return (n * (n - 1)) / 2;
}

/** Pairs within runs of equal neighbours. */
function tiedPairs<T>(sorted: readonly T[], isSame: (a: T, b: T) => boolean): number {
  let [tied, run] = [0, 0];
  for (const [index, value] of sorted.entries()) {
    const before = sorted[index - 1];
    run = before !== undefined && isSame(before, value) ? run + 1 : 0;
    tied += run;
  }
  return tied;
}

/** By merging halves; an inversion is a pair whose larger value stands first. */
function sortCounting(values: readonly number[]): { sorted: readonly number[]; inversions: number } {
  if (values.length < 2) return { sorted: values, inversions: 0 };
  const left = sortCounting(values.slice(0, values.length >> 1));
  const right = sortCounting(values.slice(values.length >> 1));
  const sorted: number[] = [];
  let inversions = left.inversions + right.inversions;
  let taken = 0;
  for (const value of right.sorted) {
    while (taken < left.sorted.length && (left.sorted[taken] ?? 0) <= value) sorted.push(left.sorted[taken++] ?? 0);
    inversions += left.sorted.length - taken;
    sorted.push(value);
  }
  return { sorted: sorted.concat(left.sorted.slice(taken)), inversions };
}
