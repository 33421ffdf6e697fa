import type { Dimension } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';
import { AVAILABLE } from './candidates.ts';
import { savedOf } from './locked-assignment.ts';
import type { HeldItem, QueueContent, SavedAnswers } from './queue-types.ts';

type Row = {
  item_id: string;
  batch_id: string;
  case_id: string;
  dimensions: Dimension[];
  content: QueueContent;
  reserved_until: Date;
  revision: number;
  answers: SavedAnswers['answers'];
  comment: string | null;
  active_ms: number | null;
};

/** What a rater holds now, in the order in which it was given. */
export async function readHeldItems({ pool }: Database, rater: string, now: number): Promise<HeldItem[]> {
  const { rows } = await pool.query<Row>(
    `select a.item_id, i.batch_id, i.case_id, a.dimensions, i.content, a.reserved_until, a.revision, a.answers, a.comment,
       a.active_ms
     from annotation_assignments a join annotation_items i on i.id = a.item_id
       join annotation_batches b on b.id = i.batch_id
     where a.rater = $1 and a.state = 'held' and a.reserved_until > $2 and b.state in ('open', 'paused')
       and i.content is not null
     order by a.turn`,
    [rater, new Date(now)],
  );
  return rows.map((row) => ({
    id: row.item_id,
    batchId: row.batch_id,
    caseId: row.case_id,
    dimensions: row.dimensions,
    content: row.content,
    reservedUntil: row.reserved_until.toISOString(),
    saved: row.revision === 0 ? undefined : savedOf(row),
  }));
}

/** How far a rater is with one batch. */
export type BatchProgress = {
  id: string;
  title: string;
  state: 'open' | 'paused';
  goldShare: number;
  done: number;
  skipped: number;
  held: number;
  /** Items they can still be given, those held left out, and how many they were given. */
  regularLeft: number;
  goldLeft: number;
  regularGiven: number;
  goldGiven: number;
};

export async function readProgress({ pool }: Database, rater: string, now: number): Promise<BatchProgress[]> {
  const { rows } = await pool.query<BatchProgress>(
    `select b.id, b.title, b.state, b.gold_share as "goldShare", own.done, own.skipped, own.held,
       own."regularGiven", own."goldGiven", free."regularLeft", free."goldLeft"
     from annotation_batches b cross join lateral (
       select count(*) filter (where a.state = 'submitted')::integer as done,
         count(*) filter (where a.state = 'skipped')::integer as skipped,
         count(*) filter (where a.state = 'held' and a.reserved_until > $2)::integer as held,
         count(*) filter (where i.gold is null)::integer as "regularGiven",
         count(*) filter (where i.gold is not null)::integer as "goldGiven"
       from annotation_assignments a join annotation_items i on i.id = a.item_id
       where a.rater = $1 and i.batch_id = b.id
     ) as own cross join lateral (
       select count(*) filter (where i.gold is null)::integer as "regularLeft",
         count(*) filter (where i.gold is not null)::integer as "goldLeft"
       from annotation_items i where i.batch_id = b.id and ${AVAILABLE}
     ) as free
     where b.state in ('open', 'paused') order by b.created_at, b.id`,
    [rater, new Date(now)],
  );
  return rows;
}

/** One submission: when, and how long the rater was at it where the page said so. */
export type Submission = { atMs: number; activeMs: number | undefined };

/** A rater's latest submissions, oldest first. */
export async function readSubmissions({ pool }: Database, rater: string, most: number): Promise<Submission[]> {
  const { rows } = await pool.query<{ finished_at: Date; active_ms: number | null }>(
    `select finished_at, active_ms from annotation_assignments
     where rater = $1 and state = 'submitted' and not imported order by finished_at desc limit $2`,
    [rater, most],
  );
  return rows.map((row) => ({ atMs: row.finished_at.getTime(), activeMs: row.active_ms ?? undefined })).toReversed();
}
