/** The deal that happened first, then what could have been. Its p-values are exact: a deal like any other has p <= a in a share a. */
export type DealPValues = {
  /** Of each figure. */
  p: number[];
  /** Of the smallest of them: one test of "nothing changed" that allows for having looked at all figures (Westfall and Young 1993, min P). */
  overall: number;
};

/**
 * How unusual the first of exchangeable deals is. `deals` holds for each deal one number per figure; unusual is what lies
 * far from the figure's mean over all deals, or what is large where `tails` says so.
 */
export function dealPValues(deals: readonly (readonly number[])[], tails: readonly ('both' | 'upper')[]): DealPValues {
  const columns = tails.map((tail, figure) =>
    unusualness(
      deals.map((deal) => deal[figure] ?? 0),
      tail,
    ),
  );
  const least = deals.map((_, deal) => Math.min(1, ...columns.map((column) => column[deal] ?? 1)));
  const first = least[0] ?? 1;
  return {
    p: columns.map((column) => column[0] ?? 1),
    overall: least.filter((p) => p <= first).length / Math.max(1, least.length),
  };
}

/** For each value the share of values at least as large, or as far from their mean. */
function unusualness(values: readonly number[], tail: 'both' | 'upper'): number[] {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const size = (value: number) => (tail === 'upper' ? value : Math.abs(value - centre));
  // Deals that differ only in the order of adding up count as equal.
  const distances = values.map((value) => Number(size(value).toPrecision(10)));
  const ascending = Float64Array.from(distances).sort();
  return distances.map((distance) => (ascending.length - firstAtLeast(ascending, distance)) / ascending.length);
}

function firstAtLeast(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
