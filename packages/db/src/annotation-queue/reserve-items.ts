import type { PoolClient } from 'pg';
import { inTransaction } from '../in-transaction.ts';
import type { Database } from '../open-database.ts';
import { MINUTE_MS } from './batch-rows.ts';
import { readCandidates } from './candidates.ts';
import { isActive } from './locked-assignment.ts';
import type { Candidate, Candidates } from './queue-types.ts';

export type Reservation = {
  rater: string;
  /** Only from this batch. */
  batchId?: string | undefined;
  /** How many items to hold afterwards. */
  count: number;
  now: number;
  /** Which of a batch's candidates comes next; undefined for none. */
  choose(batch: { id: string; goldShare: number }, candidates: Candidates): Candidate | undefined;
};

/**
 * Gives a rater items until they hold as many as they asked for, out of the oldest open batch that has any for them.
 * However many ask at once, no item has more raters than its batch wants: a place is taken under the item's lock, which
 * others do not wait for but pass over.
 */
export async function reserveItems(database: Database, reservation: Reservation): Promise<void> {
  const { rater, batchId, now } = reservation;
  await inTransaction(database, async (client) => {
    // The same person in two windows: one after the other.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`annotation rater ${rater}`]);
    const held = await client.query<{ count: number }>(
      `select count(*)::integer as count from annotation_assignments a join annotation_items i on i.id = a.item_id
         join annotation_batches b on b.id = i.batch_id
       where a.rater = $1 and a.state = 'held' and a.reserved_until > $2 and b.state in ('open', 'paused')
         and i.content is not null`,
      [rater, new Date(now)],
    );
    let wanted = reservation.count - (held.rows[0]?.count ?? 0);
    const open = await client.query<{ id: string; reservation_minutes: number; gold_share: number }>(
      `select id, reservation_minutes, gold_share from annotation_batches
       where state = 'open' and ($1::text is null or id = $1) order by created_at, id`,
      [batchId ?? null],
    );
    for (const batch of open.rows) {
      if (wanted <= 0) return;
      const until = new Date(now + batch.reservation_minutes * MINUTE_MS);
      wanted -= await takeFromBatch(client, {
        ...reservation,
        batchId: batch.id,
        goldShare: batch.gold_share,
        wanted,
        until,
      });
    }
  });
}

type Taking = Reservation & { batchId: string; goldShare: number; wanted: number; until: Date };

/** Resolves to how many items were taken. */
async function takeFromBatch(client: PoolClient, taking: Taking): Promise<number> {
  let taken = 0;
  let candidates = await readCandidates(client, taking);
  while (taken < taking.wanted) {
    const next = taking.choose({ id: taking.batchId, goldShare: taking.goldShare }, candidates);
    if (next === undefined) return taken;
    const isTaken = await takeItem(client, next.id, taking);
    candidates = without(candidates, next, isTaken);
    if (isTaken) taken += 1;
  }
  return taken;
}

function without(candidates: Candidates, { id, caseId, isGold }: Candidate, isTaken: boolean): Candidates {
  const rest = (listed: readonly Candidate[]) => listed.filter((one) => one.id !== id);
  const given = isTaken ? 1 : 0;
  return {
    regular: rest(candidates.regular),
    gold: rest(candidates.gold),
    regularLeft: candidates.regularLeft - (isGold ? 0 : 1),
    goldLeft: candidates.goldLeft - (isGold ? 1 : 0),
    regularGiven: candidates.regularGiven + (isGold ? 0 : given),
    goldGiven: candidates.goldGiven + (isGold ? given : 0),
    lastCaseId: isTaken ? caseId : candidates.lastCaseId,
  };
}

/** False when somebody else is at this item, or has taken its last place. */
async function takeItem(client: PoolClient, itemId: string, { rater, now, until }: Taking): Promise<boolean> {
  const locked = await client.query('select 1 from annotation_items where id = $1 for update skip locked', [itemId]);
  if (locked.rowCount === 0) return false;
  // A statement of its own: it sees every place that was taken before the lock. What the rater saved before their
  // reservation ran out stays.
  const { rowCount } = await client.query(
    `insert into annotation_assignments as own (item_id, rater, state, dimensions, reserved_until)
     select i.id, $2, 'held', open.dimensions, $4
     from annotation_items i join annotation_batches b on b.id = i.batch_id cross join lateral (
       select array_agg(plan.dimension order by plan.place) as dimensions
       from rows from (jsonb_to_recordset(b.plans) as (dimension text, raters integer))
         with ordinality as plan (dimension, raters, place)
       where i.gold is not null or plan.raters > (
         select count(*) from annotation_assignments a
         where a.item_id = i.id and a.rater <> $2 and plan.dimension = any(a.dimensions) and ${isActive('$3')})
     ) as open
     where i.id = $1 and open.dimensions is not null and b.state = 'open'
     on conflict (item_id, rater) do update set reserved_until = excluded.reserved_until,
       dimensions = excluded.dimensions, turn = excluded.turn
     where own.state = 'held'`,
    [itemId, rater, new Date(now), until],
  );
  return (rowCount ?? 0) > 0;
}
