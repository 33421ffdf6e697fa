import type { EvaluatedItem } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';
import { storable } from './calls.ts';

/** `contestant` is the index into the run's contestants. */
export type RunItem = { contestant: number; caseId: string; caseHash: string; position: number };
export type RunProgress = { total: number; done: number };

/** The items of evaluation runs: each is open, then done once. */
export function evaluationItemsRepository({ pool }: Database) {
  return {
    async openItems(id: string): Promise<RunItem[]> {
      const { rows } = await pool.query<{ contestant: number; case_id: string; case_hash: string; position: number }>(
        `select contestant, case_id, case_hash, position from evaluation_items
         where run_id = $1 and item is null order by position`,
        [id],
      );
      return rows.map((row) => ({
        contestant: row.contestant,
        caseId: row.case_id,
        caseHash: row.case_hash,
        position: row.position,
      }));
    },
    /** Writes an item down once; a second time changes nothing. */
    async finishItem(id: string, contestant: number, item: EvaluatedItem): Promise<void> {
      await pool.query(
        `update evaluation_items set item = $4, done_at = clock_timestamp()
         where run_id = $1 and contestant = $2 and case_id = $3 and item is null`,
        [id, contestant, item.caseId, storable(item)],
      );
    },
    /** The finished items of one contestant, in the order in which they were taken. */
    async items(id: string, contestant: number): Promise<EvaluatedItem[]> {
      const { rows } = await pool.query<{ item: EvaluatedItem }>(
        `select item from evaluation_items where run_id = $1 and contestant = $2 and item is not null order by position`,
        [id, contestant],
      );
      // Written by `finishItem` alone; thousands of them are not validated again.
      return rows.map(({ item }) => item);
    },
    async progress(id: string): Promise<RunProgress> {
      const { rows } = await pool.query<{ total: number; done: number }>(
        `select count(*)::integer as total, count(item)::integer as done from evaluation_items where run_id = $1`,
        [id],
      );
      return rows[0] ?? { total: 0, done: 0 };
    },
  };
}
