import type { Bench, Split } from '../bench.ts';
import type { Pool } from '../data/pool.ts';
import { type FoldResult, type HeldOutFold, holdOut, type Tuning } from './hold-out.ts';

/** A fold to hold out, named so that another thread with the same data finds it. */
export type FoldJob = { pool: string; split: Split; fold: number; tuning: Tuning };

export type RunFold = (job: FoldJob) => Promise<FoldResult>;

/** Holds out folds on this thread. */
export function foldRunner(bench: Bench): RunFold {
  return async ({ pool: name, split, fold: index, tuning }) => {
    const pool = await bench.pool(name);
    const fold = pool === undefined ? undefined : bench.folds(pool, split)[index];
    if (pool === undefined || fold === undefined) throw new Error(`no fold ${index} of ${name}, ${split}`);
    const { methods, ours } = bench;
    return holdOut(pool, fold, { methods, ours, seed: bench.options.seed + index, tuning });
  };
}

/** Holds out the folds of a split, as many at a time as the runner takes. */
export function heldOutFolds(
  bench: Bench,
  run: RunFold,
  { pool, split, tuning, only }: { pool: Pool; split: Split; tuning: Tuning; only?: string | undefined },
): Promise<HeldOutFold[]> {
  const jobs = bench.folds(pool, split).flatMap(({ name, test }, fold) => {
    if (only !== undefined && name !== only) return [];
    return [run({ pool: pool.name, split, fold, tuning }).then((result): HeldOutFold => ({ ...result, rows: test }))];
  });
  return Promise.all(jobs);
}
