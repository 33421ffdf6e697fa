import { at } from '../mathematics/matrix.ts';
import type { KindSums } from '../model/model-standing.ts';

/** A value observed of a request that is of several kinds by their weights. */
export type WeightedValue = { weights: Float64Array; value: number; weight: number };

/** Kinds of a lower weight get none of an observation: a handful of entries a request instead of all kinds. */
const LEAST_WEIGHT = 1e-3;

/** Sums by kind with observations added, each shared among kinds by their weights; ascending by kind. */
export function addToKinds(sums: KindSums, values: readonly WeightedValue[]): KindSums {
  const totals = new Map(sums.map(([kind, count, sum]) => [kind, { count, sum }]));
  for (const { weights, value, weight } of values) {
    const counted = weights.reduce((total, share) => (share < LEAST_WEIGHT ? total : total + share), 0);
    weights.forEach((share, kind) => {
      if (share < LEAST_WEIGHT) return;
      const total = totals.get(kind) ?? { count: 0, sum: 0 };
      const part = (weight * share) / counted;
      totals.set(kind, { count: total.count + part, sum: total.sum + part * value });
    });
  }
  return [...totals].map(([kind, { count, sum }]): KindSums[number] => [kind, count, sum]).sort((a, b) => a[0] - b[0]);
}

/** Over how many observations the sums go. */
export const countOf = (sums: KindSums): number => sums.reduce((total, entry) => total + at(entry, 1), 0);
