import { type Label, positionsOf } from './label.ts';

/**
 * Fleiss' kappa of items each rated by the same number of raters, not always the same people (Fleiss 1971):
 * (observed - expected agreement) / (1 - expected), expected from the shares of all ratings; at most 1.
 *
 * One row of labels for each item. Undefined without items, with one rater, or when only one category occurs.
 *
 * @throws RangeError when the numbers of raters differ: `krippendorffAlpha` takes missing ratings.
 */
export function fleissKappa<T extends Label>(ratings: readonly (readonly T[])[]): number | undefined {
  const raters = ratings[0]?.length ?? 0;
  const totals = new Map<T, number>();
  let agreeing = 0;
  for (const labels of ratings) {
    if (labels.length !== raters)
      throw new RangeError(`Each item needs as many ratings, got ${labels.length} and ${raters}`);
    for (const [label, count] of Map.groupBy(labels, (label) => label)) {
      agreeing += count.length * (count.length - 1);
      totals.set(label, (totals.get(label) ?? 0) + count.length);
    }
  }
  positionsOf([...totals.keys()]);
  if (raters < 2 || totals.size < 2) return undefined;
  const all = ratings.length * raters;
  const observed = agreeing / (all * (raters - 1));
  const expected = [...totals.values()].reduce((sum, count) => sum + (count / all) ** 2, 0);
  return (observed - expected) / (1 - expected);
}
