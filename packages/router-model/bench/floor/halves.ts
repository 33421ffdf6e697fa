import type { PoolRow } from '../data/pool.ts';
import { partOf } from '../splits/folds.ts';

/** Rows to train on and rows to certify and replay on: halves that share no near-duplicates. */
export function halfOf(rows: readonly PoolRow[], seed: number): { learned: PoolRow[]; held: PoolRow[] } {
  const isLearned = ({ group }: PoolRow): boolean => partOf(group, 2, seed + 104_729) === 0;
  return { learned: rows.filter(isLearned), held: rows.filter((row) => !isLearned(row)) };
}
