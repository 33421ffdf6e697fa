import { type BatchState, type Dimension, GatewayError } from '@pointsman/contracts';
import type { PoolClient } from 'pg';
import { MINUTE_MS } from './batch-rows.ts';
import type { GoldRatings, QueueContent, SavedAnswers } from './queue-types.ts';

/** Whether an assignment `a` takes a place of its item at the time that a parameter holds. */
export const isActive = (now: string): string =>
  `(a.state = 'submitted' or a.state = 'held' and a.reserved_until > ${now})`;

/** One rater's assignment with its item, both locked until the transaction ends. */
export type LockedAssignment = {
  itemId: string;
  rater: string;
  state: 'held' | 'submitted' | 'skipped';
  dimensions: Dimension[];
  saved: SavedAnswers;
  reservedUntilMs: number;
  finishedAtMs: number | undefined;
  batch: { id: string; state: BatchState; reservationMs: number };
  item: {
    caseId: string;
    caseHash: string | undefined;
    replyHash: string;
    model: string;
    isGold: boolean;
    /** Undefined once the sample it was taken from is erased. */
    content: QueueContent | undefined;
    isDecided: boolean;
  };
};

type Row = {
  state: LockedAssignment['state'];
  dimensions: Dimension[];
  revision: number;
  answers: SavedAnswers['answers'];
  comment: string | null;
  active_ms: number | null;
  reserved_until: Date;
  finished_at: Date | null;
  batch_id: string;
  batch_state: BatchState;
  reservation_minutes: number;
  case_id: string;
  case_hash: string | null;
  reply_hash: string;
  model: string;
  gold: GoldRatings | null;
  content: QueueContent | null;
  is_decided: boolean;
};

/** Takes the item's lock: from here on nobody else changes what its assignments add up to. */
export async function lockItem(client: PoolClient, itemId: string): Promise<void> {
  await client.query('select 1 from annotation_items where id = $1 for update', [itemId]);
}

/** @throws GatewayError `not_found` when the item was never given to this rater: to them it does not exist. */
export async function lockAssignment(client: PoolClient, itemId: string, rater: string): Promise<LockedAssignment> {
  await lockItem(client, itemId);
  // A statement of its own: it sees what was committed while the lock was waited for.
  const { rows } = await client.query<Row>(
    `select a.state, a.dimensions, a.revision, a.answers, a.comment, a.active_ms, a.reserved_until, a.finished_at,
       i.batch_id, b.state as batch_state, b.reservation_minutes, i.case_id, i.case_hash, i.reply_hash, i.model, i.gold,
       i.content, exists (select 1 from annotation_decisions d where d.item_id = i.id and d.state = 'decided') as is_decided
     from annotation_assignments a join annotation_items i on i.id = a.item_id
       join annotation_batches b on b.id = i.batch_id
     where a.item_id = $1 and a.rater = $2`,
    [itemId, rater],
  );
  const [row] = rows;
  if (row === undefined) throw new GatewayError('not_found', `There is no item "${itemId}".`);
  return assignmentOf(row, itemId, rater);
}

function assignmentOf(row: Row, itemId: string, rater: string): LockedAssignment {
  return {
    itemId,
    rater,
    state: row.state,
    dimensions: row.dimensions,
    saved: savedOf(row),
    reservedUntilMs: row.reserved_until.getTime(),
    finishedAtMs: row.finished_at?.getTime(),
    batch: { id: row.batch_id, state: row.batch_state, reservationMs: row.reservation_minutes * MINUTE_MS },
    item: {
      caseId: row.case_id,
      caseHash: row.case_hash ?? undefined,
      replyHash: row.reply_hash,
      model: row.model,
      isGold: row.gold !== null,
      content: row.content ?? undefined,
      isDecided: row.is_decided,
    },
  };
}

export const savedOf = (row: Pick<Row, 'revision' | 'answers' | 'comment' | 'active_ms'>): SavedAnswers => ({
  revision: row.revision,
  answers: row.answers,
  ...(row.comment === null ? {} : { comment: row.comment }),
  ...(row.active_ms === null ? {} : { activeMs: row.active_ms }),
});

/**
 * Whether this rater's place is still theirs, or free again: no dimension of it has all its raters without them. The
 * item must be locked.
 */
export async function hasRoom(
  client: PoolClient,
  { itemId, rater, dimensions }: Pick<LockedAssignment, 'itemId' | 'rater' | 'dimensions'>,
  now: number,
): Promise<boolean> {
  const { rows } = await client.query<{ has_room: boolean }>(
    `select i.gold is not null or not exists (
       select 1 from jsonb_to_recordset(b.plans) as plan (dimension text, raters integer)
       where plan.dimension = any($3) and plan.raters <= (
         select count(*) from annotation_assignments a
         where a.item_id = i.id and a.rater <> $2 and plan.dimension = any(a.dimensions) and ${isActive('$4')})
     ) as has_room
     from annotation_items i join annotation_batches b on b.id = i.batch_id where i.id = $1`,
    [itemId, rater, dimensions, new Date(now)],
  );
  return rows[0]?.has_room ?? false;
}

/** Brings what an item says of its assignments up to date. The item must be locked. */
export async function refreshItem(client: PoolClient, itemId: string): Promise<void> {
  await client.query(
    `update annotation_items i set
       submitted = (select count(*) from annotation_assignments a where a.item_id = i.id and a.state = 'submitted'),
       disputed = case when i.gold is not null then '{}' else array(
         select said.key from annotation_assignments a cross join jsonb_each(a.answers) said
         where a.item_id = i.id and a.state = 'submitted' and jsonb_typeof(said.value) = 'number'
         group by said.key having max(said.value::integer) - min(said.value::integer) >= b.disagreement
         order by said.key) end
     from annotation_batches b where b.id = i.batch_id and i.id = $1`,
    [itemId],
  );
}
