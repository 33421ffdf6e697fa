import type { BatchState, RaterPlan } from '@pointsman/contracts';
import type { BatchOrigin, StoredBatch } from './queue-types.ts';

export type BatchRow = {
  id: string;
  title: string;
  guidelines: string;
  state: BatchState;
  source: BatchOrigin;
  plans: RaterPlan[];
  raters: number;
  target_ceiling: number;
  gold_share: number;
  reservation_minutes: number;
  disagreement: number;
  created_by: string;
  created_at: Date;
};

export const BATCH_COLUMNS = `b.id, b.title, b.guidelines, b.state, b.source, b.plans, b.raters, b.target_ceiling,
  b.gold_share, b.reservation_minutes, b.disagreement, b.created_by, b.created_at`;

export const batchOf = (row: BatchRow): StoredBatch => ({
  id: row.id,
  title: row.title,
  guidelines: row.guidelines,
  state: row.state,
  source: row.source,
  plans: row.plans,
  raters: row.raters,
  targetCeiling: row.target_ceiling,
  goldShare: row.gold_share,
  reservationMinutes: row.reservation_minutes,
  disagreement: row.disagreement,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
});

/** Where the ratings of a batch say they come from, among all ratings. */
export const sourceOf = (batchId: string): string => `annotation batch ${batchId}`;

export const MINUTE_MS = 60_000;
