import { type AnnotationAnswers, type Dimension, GatewayError } from '@pointsman/contracts';
import type { PoolClient } from 'pg';
import { inTransaction } from '../in-transaction.ts';
import type { Database } from '../open-database.ts';
import { MINUTE_MS } from './batch-rows.ts';
import { type LandingItem, landDecision } from './landed-ratings.ts';
import { lockItem } from './locked-assignment.ts';
import type { QueueContent } from './queue-types.ts';

/** A disagreement that one person is to settle. */
export type DisputedItem = {
  id: string;
  batchId: string;
  content: QueueContent;
  reservedUntil: string;
  /** Ratings lowest first. */
  disputes: { dimension: Dimension; ratings: number[] }[];
  comments: string[];
};

export type Deciding = { itemId: string; adjudicator: string; now: number };

/**
 * Items `i` of batches `b` on which raters disagree once everybody wanted has rated, that person $1 may decide on: they
 * did not rate it, and nobody decided or is at it at time $2.
 */
const WAITING = `i.disputed <> '{}' and i.content is not null
  and (b.state in ('open', 'paused') and i.submitted >= b.raters or b.state = 'closed')
  and not exists (select 1 from annotation_assignments a where a.item_id = i.id and a.rater = $1 and a.state <> 'skipped')
  and not exists (select 1 from annotation_decisions d where d.item_id = i.id and (d.state = 'decided'
    or d.adjudicator = $1 and d.state = 'skipped' or d.adjudicator <> $1 and d.state = 'held' and d.reserved_until > $2))`;

/** How many disagreements wait that this person may decide on. */
export async function countWaiting({ pool }: Database, adjudicator: string, now: number): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::integer as count from annotation_items i join annotation_batches b on b.id = i.batch_id
     where ${WAITING}`,
    [adjudicator, new Date(now)],
  );
  return rows[0]?.count ?? 0;
}

/** The one this person holds already, else the oldest that waits; it is theirs for as long as the batch reserves items. */
export function reserveDispute(
  database: Database,
  adjudicator: string,
  now: number,
): Promise<DisputedItem | undefined> {
  return inTransaction(database, async (client) => {
    const { rows } = await client.query<{ id: string; reservation_minutes: number }>(
      `select i.id, b.reservation_minutes from annotation_items i join annotation_batches b on b.id = i.batch_id
       where ${WAITING}
       order by exists (select 1 from annotation_decisions d
         where d.item_id = i.id and d.adjudicator = $1 and d.state = 'held') desc, b.created_at, i.id
       limit 1 for update of i skip locked`,
      [adjudicator, new Date(now)],
    );
    const [row] = rows;
    if (row === undefined || !(await isFree(client, row.id, { adjudicator, now }))) return undefined;
    const until = new Date(now + row.reservation_minutes * MINUTE_MS);
    await client.query(
      `insert into annotation_decisions as own (item_id, adjudicator, state, reserved_until) values ($1, $2, 'held', $3)
       on conflict (item_id, adjudicator) do update set reserved_until = excluded.reserved_until where own.state = 'held'`,
      [row.id, adjudicator, until],
    );
    return readDispute(client, row.id, until);
  });
}

/** Whether nobody decided on the item or took it before it was locked: seen by a statement after the lock. */
async function isFree(
  client: PoolClient,
  itemId: string,
  { adjudicator, now }: Omit<Deciding, 'itemId'>,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from annotation_decisions where item_id = $1
       and (state = 'decided' or state = 'held' and adjudicator <> $2 and reserved_until > $3)`,
    [itemId, adjudicator, new Date(now)],
  );
  return rowCount === 0;
}

async function readDispute(client: PoolClient, itemId: string, until: Date): Promise<DisputedItem | undefined> {
  const { rows } = await client.query<{
    batch_id: string;
    content: QueueContent;
    disputes: DisputedItem['disputes'];
    comments: string[];
  }>(
    `select i.batch_id, i.content,
       (select jsonb_agg(jsonb_build_object('dimension', disputed.dimension, 'ratings', (
          select jsonb_agg((a.answers->>disputed.dimension)::integer order by (a.answers->>disputed.dimension)::integer)
          from annotation_assignments a
          where a.item_id = i.id and a.state = 'submitted' and jsonb_typeof(a.answers->disputed.dimension) = 'number'))
          order by disputed.place)
        from unnest(i.disputed) with ordinality as disputed (dimension, place)) as disputes,
       array(select a.comment from annotation_assignments a
         where a.item_id = i.id and a.state = 'submitted' and a.comment <> '' order by md5(a.comment)) as comments
     from annotation_items i where i.id = $1`,
    [itemId],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { batch_id: batchId, content, disputes, comments } = row;
  return { id: itemId, batchId, content, reservedUntil: until.toISOString(), disputes, comments };
}

type DecidingRow = {
  state: 'held' | 'decided' | 'skipped';
  disputed: Dimension[];
  is_decided: boolean;
  batch_state: string;
  landing: Omit<LandingItem, 'content'>;
  content: QueueContent | null;
};

/** @throws GatewayError `not_found` when this disagreement was never given to this person. */
async function lockDeciding(client: PoolClient, { itemId, adjudicator }: Deciding): Promise<DecidingRow> {
  await lockItem(client, itemId);
  const { rows } = await client.query<DecidingRow>(
    `select d.state, i.disputed, b.state as batch_state, i.content,
       exists (select 1 from annotation_decisions o where o.item_id = i.id and o.state = 'decided') as is_decided,
       jsonb_build_object('batchId', i.batch_id, 'caseId', i.case_id, 'caseHash', i.case_hash, 'replyHash', i.reply_hash,
         'model', i.model, 'isGold', i.gold is not null) as landing
     from annotation_decisions d join annotation_items i on i.id = d.item_id
       join annotation_batches b on b.id = i.batch_id
     where d.item_id = $1 and d.adjudicator = $2`,
    [itemId, adjudicator],
  );
  const [row] = rows;
  if (row === undefined) throw new GatewayError('not_found', `There is no item "${itemId}".`);
  return row;
}

/**
 * Settles a disagreement: what is decided counts instead of what raters said. A repeated decision changes nothing;
 * `check` throws when it leaves a dimension open.
 */
export function decideDispute(
  database: Database,
  deciding: Deciding,
  { ratings, note }: { ratings: AnnotationAnswers; note: string | undefined },
  check: (disputed: readonly Dimension[]) => void,
): Promise<void> {
  return inTransaction(database, async (client) => {
    const row = await lockDeciding(client, deciding);
    if (row.state === 'decided') return;
    if (row.is_decided) throw new GatewayError('conflict', 'Somebody else has decided on this item.');
    if (row.batch_state === 'withdrawn') throw new GatewayError('conflict', 'This batch was withdrawn.');
    if (row.disputed.length === 0)
      throw new GatewayError('conflict', 'The raters agree by now: there is nothing to decide.');
    check(row.disputed);
    await client.query(
      `update annotation_decisions set state = 'decided', ratings = $3, note = $4, decided_at = $5
       where item_id = $1 and adjudicator = $2`,
      [deciding.itemId, deciding.adjudicator, JSON.stringify(ratings), note ?? null, new Date(deciding.now)],
    );
    const { caseHash, ...landing } = row.landing;
    const item = { ...landing, caseHash: caseHash ?? undefined, content: row.content ?? undefined };
    await landDecision(client, item, ratings);
  });
}

/** Leaves a disagreement to others, for good. */
export function skipDispute(database: Database, deciding: Deciding): Promise<void> {
  return inTransaction(database, async (client) => {
    const { state } = await lockDeciding(client, deciding);
    if (state === 'decided') throw new GatewayError('conflict', 'You have decided on this item already.');
    await client.query(`update annotation_decisions set state = 'skipped' where item_id = $1 and adjudicator = $2`, [
      deciding.itemId,
      deciding.adjudicator,
    ]);
  });
}
