import type { Database } from './open-database.ts';
import { type Approval, type ApprovalQuery, readApproval } from './rollups/read-approval.ts';
import { type LatencyQuery, type LatencyRow, readLatencies } from './rollups/read-latencies.ts';
import { type ModelSums, type ModelSumsQuery, readModelSums } from './rollups/read-model-sums.ts';
import { type RollupQuery, type RollupRow, readSums } from './rollups/read-sums.ts';
import { type Recount, recountDay } from './rollups/recount-day.ts';

/** Sums over decisions, read from the roll-ups that inserting decisions keeps. */
export function rollupsRepository(database: Database) {
  return {
    /** Sums grouped by any of the keys, or in one row; ordered by the keys. */
    sums: (query: RollupQuery): Promise<RollupRow[]> => readSums(database, query),
    /** Costs and qualities by model, and by domain or task too, of one client or of all. */
    modelSums: (query: ModelSumsQuery): Promise<ModelSums[]> => readModelSums(database, query),
    /** How many answered requests took how long. */
    latencies: (query: LatencyQuery): Promise<LatencyRow[]> => readLatencies(database, query),
    /** What people said of replies in the period. */
    approval: (query: ApprovalQuery): Promise<Approval> => readApproval(database, query),
    /** Counts a day's decisions anew. Only for days whose decisions are still kept: what was dropped cannot be counted. */
    recount: (day: string, options: { repair?: boolean } = {}): Promise<Recount> => recountDay(database, day, options),
  };
}
