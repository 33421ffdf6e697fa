import type { Pool, PoolRow } from '../data/pool.ts';

/** Predicts the quality of each of the pool's models on a request. */
export type PredictQuality = (row: PoolRow) => Float64Array | Promise<Float64Array>;

/** A way to predict quality that learns from rows whose outcomes are known. What it sees of `row` in prediction: all but the outcomes. */
export type RoutingMethod = {
  name: string;
  fit(train: readonly PoolRow[], pool: Pool): PredictQuality | Promise<PredictQuality>;
};

/** Mean quality of each model over some rows. */
export function meanQuality(rows: readonly PoolRow[], models: number): Float64Array {
  const mean = new Float64Array(models);
  for (const { quality } of rows)
    quality.forEach((value, m) => {
      mean[m] = (mean[m] ?? 0) + value / rows.length;
    });
  return mean;
}
