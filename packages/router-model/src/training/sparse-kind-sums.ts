import type { KindSums } from '../model/model-standing.ts';
import type { KindScores } from './fit-abilities.ts';

/** One model's observations by kind, kinds without any left out. */
export function sparseKindSums({ sums, counts }: KindScores, model: number): KindSums {
  const sparse: KindSums = [];
  for (let kind = 0; kind < counts.rows; kind += 1) {
    const count = counts.data[kind * counts.columns + model] ?? 0;
    if (count > 0) sparse.push([kind, count, sums.data[kind * counts.columns + model] ?? 0]);
  }
  return sparse;
}
