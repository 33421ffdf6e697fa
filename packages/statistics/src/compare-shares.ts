import { chiSquareSurvival } from './distributions/chi-square-survival.ts';

export type ShareComparison = {
  /** Half the sum of absolute differences of shares: 0 alike, 1 nothing in common. */
  totalVariation: number;
  /** Pearson's chi-square, after categories expected too seldom were taken together. */
  statistic: number;
  degrees: number;
  /** Of "both samples have the same shares"; 1 when fewer than two categories are left to compare. */
  pValue: number;
};

/**
 * Compares how two independent samples fall into the same categories: Pearson's chi-square test of homogeneity, and the
 * total variation distance as the size of the effect, for with many draws any difference is significant.
 *
 * `first` and `second` count the same categories in the same order. Categories expected fewer than 5 times in either
 * sample count as one (Cochran 1954).
 *
 * @throws RangeError for lists of unequal length, negative counts, an empty sample.
 */
export function compareShares(first: readonly number[], second: readonly number[]): ShareComparison {
  if (first.length !== second.length)
    throw new RangeError(`Both samples count the same categories, got ${first.length} and ${second.length}`);
  const [n, m] = [total(first), total(second)];
  if (!(n > 0 && m > 0)) throw new RangeError(`Shares need two samples that are not empty, got ${n} and ${m} draws`);
  const cells = first.map((a, index) => [a, second[index] ?? 0] as const);
  const totalVariation = cells.reduce((sum, [a, b]) => sum + Math.abs(a / n - b / m), 0) / 2;
  const kept = withoutRareCells(cells, Math.min(n, m) / (n + m));
  const statistic = kept.reduce((sum, [a, b]) => sum + (a * m - b * n) ** 2 / ((a + b) * n * m), 0);
  const degrees = kept.length - 1;
  return { totalVariation, statistic, degrees, pValue: degrees < 1 ? 1 : chiSquareSurvival(statistic, degrees) };
}

type Cell = readonly [number, number];

/** `share`: of all draws, those in the smaller sample. */
function withoutRareCells(cells: readonly Cell[], share: number): Cell[] {
  const isRare = ([a, b]: Cell) => (a + b) * share < LEAST_EXPECTED;
  const rest = cells.filter(isRare).reduce<Cell>(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
  const kept = cells.filter((cell) => !isRare(cell));
  return rest[0] + rest[1] === 0 ? kept : [...kept, rest];
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => {
    if (!(count >= 0)) throw new RangeError(`A count is at least 0, got ${count}`);
    return sum + count;
  }, 0);
}

const LEAST_EXPECTED = 5;
