import { sortedQuantile } from './quantile.ts';

export type Summary =
  | { n: number; median: number; lowerQuartile: number; upperQuartile: number; least: number; most: number }
  | { tooFew: true; n: number };

/** Median, quartiles (type 7) and extremes; too few when there is no value. */
export function summarise(values: readonly number[]): Summary {
  if (values.length === 0) return { tooFew: true, n: 0 };
  const sorted = values.toSorted((a, b) => a - b);
  return {
    n: sorted.length,
    median: sortedQuantile(sorted, 0.5),
    lowerQuartile: sortedQuantile(sorted, 0.25),
    upperQuartile: sortedQuantile(sorted, 0.75),
    least: sortedQuantile(sorted, 0),
    most: sortedQuantile(sorted, 1),
  };
}
