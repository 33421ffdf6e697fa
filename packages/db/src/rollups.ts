import type { Database } from './open-database.ts';
import { type Approval, type ApprovalQuery, readApproval } from './rollups/read-approval.ts';
import { type LatencyQuery, type LatencyRow, readLatencies } from './rollups/read-latencies.ts';
import { type RollupQuery, type RollupRow, readSums } from './rollups/read-sums.ts';
import { type Recount, recountDay } from './rollups/recount-day.ts';
import type { RollupSums } from './rollups/rollup-sums.ts';

export type CellQuery = Pick<RollupQuery, 'clientId' | 'from' | 'to' | 'domain' | 'task'>;

/** The sums of one model on one domain and task; '' for decisions that have none of these. */
export type RollupCell = RollupSums & { modelId: string; domain: string; task: string };

/** Sums over decisions, read from the roll-ups that inserting decisions keeps. */
export function rollupsRepository(database: Database) {
  return {
    /** Sums grouped by any of the keys, or in one row; ordered by the keys. */
    sums: (query: RollupQuery): Promise<RollupRow[]> => readSums(database, query),
    /** Sums of every model, domain and task in the period, of one client or of all. */
    async cells(query: CellQuery): Promise<RollupCell[]> {
      const rows = await readSums(database, { ...query, by: ['model', 'domain', 'task'] });
      return rows.map(({ key, ...sums }) => ({
        ...sums,
        modelId: key.model ?? '',
        domain: key.domain ?? '',
        task: key.task ?? '',
      }));
    },
    /** How many answered requests took how long. */
    latencies: (query: LatencyQuery): Promise<LatencyRow[]> => readLatencies(database, query),
    /** What people said of replies in the period. */
    approval: (query: ApprovalQuery): Promise<Approval> => readApproval(database, query),
    /** Counts a day's decisions anew. Only for days whose decisions are still kept: what was dropped cannot be counted. */
    recount: (day: string, options: { repair?: boolean } = {}): Promise<Recount> => recountDay(database, day, options),
  };
}
