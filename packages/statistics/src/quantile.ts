/**
 * The sample quantile of type 7 (Hyndman and Fan 1996), the default of R, NumPy and spreadsheets: linear between order
 * statistics.
 *
 * `values` in any order, at least one; `p` in [0, 1].
 *
 * @throws RangeError outside these ranges.
 */
export function quantile(values: readonly number[], p: number): number {
  return sortedQuantile(
    values.toSorted((a, b) => a - b),
    p,
  );
}

/** `quantile` of values already in ascending order. */
export function sortedQuantile(sorted: readonly number[], p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability lies between 0 and 1, got ${p}`);
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('A quantile needs at least one value');
  return below === above ? below : below + (position - Math.floor(position)) * (above - below);
}
