import { type BatchPatch, GatewayError } from '@pointsman/contracts';
import { inTransaction } from '../in-transaction.ts';
import type { Database } from '../open-database.ts';
import { BATCH_COLUMNS, type BatchRow, batchOf } from './batch-rows.ts';
import { removeBatch } from './landed-ratings.ts';
import type { BatchCounts, StoredBatch } from './queue-types.ts';

export type CountedBatch = StoredBatch & { counts: BatchCounts };

const COUNTS = `(select jsonb_build_object(
    'items', count(*) filter (where i.gold is null), 'gold', count(*) filter (where i.gold is not null),
    'rated', count(*) filter (where i.gold is null and i.submitted >= b.raters),
    'ratings', coalesce(sum(i.submitted) filter (where i.gold is null), 0),
    'disputed', count(*) filter (where i.disputed <> '{}' and decided.item_id is null
      and (i.submitted >= b.raters or b.state = 'closed')),
    'adjudicated', count(decided.item_id))
  from annotation_items i left join annotation_decisions decided on decided.item_id = i.id and decided.state = 'decided'
  where i.batch_id = b.id)`;

const HELD = `(select count(*)::integer from annotation_assignments a join annotation_items i on i.id = a.item_id
  where i.batch_id = b.id and a.state = 'held' and a.reserved_until > $1)`;

const SKIPS = `(select coalesce(jsonb_object_agg(skip_reason, count), '{}') from (
    select a.skip_reason, count(*) from annotation_assignments a join annotation_items i on i.id = a.item_id
    where i.batch_id = b.id and a.state = 'skipped' group by a.skip_reason) as skips)`;

type CountedRow = BatchRow & { counts: Omit<BatchCounts, 'held' | 'skips'>; held: number; skips: BatchCounts['skips'] };

const counted = (row: CountedRow): CountedBatch => ({
  ...batchOf(row),
  counts: { ...row.counts, held: row.held, skips: row.skips },
});

/** Batches with how far they are, newest first. */
export async function listBatches(
  { pool }: Database,
  { now, offset, limit }: { now: number; offset: number; limit: number },
): Promise<{ batches: CountedBatch[]; total: number }> {
  const { rows } = await pool.query<CountedRow>(
    `select ${BATCH_COLUMNS}, ${COUNTS} as counts, ${HELD} as held, ${SKIPS} as skips
     from annotation_batches b order by b.created_at desc, b.id limit $2 offset $3`,
    [new Date(now), limit, offset],
  );
  const all = await pool.query<{ total: number }>('select count(*)::integer as total from annotation_batches');
  return { batches: rows.map(counted), total: all.rows[0]?.total ?? 0 };
}

export async function readBatch({ pool }: Database, id: string, now: number): Promise<CountedBatch | undefined> {
  const { rows } = await pool.query<CountedRow>(
    `select ${BATCH_COLUMNS}, ${COUNTS} as counts, ${HELD} as held, ${SKIPS} as skips
     from annotation_batches b where b.id = $2`,
    [new Date(now), id],
  );
  return rows.map(counted)[0];
}

/** The settings of these batches. */
export async function readBatches({ pool }: Database, ids: readonly string[]): Promise<StoredBatch[]> {
  const { rows } = await pool.query<BatchRow>(
    `select ${BATCH_COLUMNS} from annotation_batches b where b.id = any($1) order by b.created_at, b.id`,
    [ids],
  );
  return rows.map(batchOf);
}

/** Changes a batch; withdrawn it takes all its ratings back, for good. False when there is no such batch. */
export function changeBatch(database: Database, id: string, patch: BatchPatch): Promise<boolean> {
  return inTransaction(database, async (client) => {
    // Its items first, as everybody who submits does: nobody lands a rating while a batch is withdrawn.
    if (patch.state === 'withdrawn')
      await client.query('select 1 from annotation_items where batch_id = $1 order by id for update', [id]);
    const { rows } = await client.query<{ state: string }>(
      'select state from annotation_batches where id = $1 for update',
      [id],
    );
    const state = rows[0]?.state;
    if (state === undefined) return false;
    if (state === 'withdrawn') throw new GatewayError('conflict', 'A withdrawn batch stays as it is.');
    await client.query(
      `update annotation_batches set state = coalesce($2, state), title = coalesce($3, title),
         guidelines = coalesce($4, guidelines), reservation_minutes = coalesce($5, reservation_minutes) where id = $1`,
      [id, patch.state ?? null, patch.title ?? null, patch.guidelines ?? null, patch.reservationMinutes ?? null],
    );
    if (patch.state === 'withdrawn') await removeBatch(client, id);
    return true;
  });
}
