import type { TrainingRow } from '../../src/rows.ts';

/** One request that every model of a pool answered; arrays in the order of the pool's models. */
export type PoolRow = {
  /** What a method may learn from: one observation per pool model, under the pool's names. */
  row: TrainingRow;
  /** Near-duplicates share it. */
  group: number;
  quality: Float64Array;
  costUsd: Float64Array;
};

/** Models to choose between, and the requests on which the choice is measured. */
export type Pool = { name: string; models: string[]; rows: PoolRow[] };

/** The sources of a pool's rows, in order of appearance. */
export const sourcesOf = (pool: Pool): string[] => [...new Set(pool.rows.map(({ row }) => row.source))];
