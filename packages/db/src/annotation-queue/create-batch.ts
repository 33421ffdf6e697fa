import type { PoolClient } from 'pg';
import { uuidOfDecision } from '../decisions/decision-id.ts';
import { storable } from '../evaluations/calls.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Database } from '../open-database.ts';
import { BATCH_COLUMNS, type BatchRow, batchOf } from './batch-rows.ts';
import type { NewBatch, NewQueueItem, StoredBatch } from './queue-types.ts';

/** Stores a batch with its items, all or nothing. Samples that are erased by now, or in another batch, are left out. */
export async function createBatch(database: Database, batch: NewBatch, now: number): Promise<StoredBatch> {
  return inTransaction(database, async (client) => {
    const { rows } = await client.query<BatchRow>(
      `insert into annotation_batches as b (title, guidelines, source, plans, raters, target_ceiling, gold_share,
         reservation_minutes, disagreement, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${BATCH_COLUMNS}`,
      [
        batch.title,
        batch.guidelines,
        JSON.stringify(batch.source),
        JSON.stringify(batch.plans),
        Math.max(1, ...batch.plans.map(({ raters }) => raters)),
        batch.targetCeiling,
        batch.goldShare,
        batch.reservationMinutes,
        batch.disagreement,
        batch.createdBy,
        new Date(now),
      ],
    );
    const [stored] = rows.map(batchOf);
    if (stored === undefined) throw new Error('the batch was not stored');
    const taken = await takeSamples(client, batch.items, stored.id);
    const isThere = ({ sampleId }: { sampleId: string | undefined }) =>
      sampleId === undefined || taken.has(uuidOfDecision(sampleId));
    await insertCases(client, batch.cases.filter(isThere));
    await insertItems(client, stored.id, batch.items.filter(isThere));
    return stored;
  });
}

/** Marks samples as given to annotators, which also keeps them from being erased before this transaction ends. */
async function takeSamples(
  client: PoolClient,
  items: readonly NewQueueItem[],
  batchId: string,
): Promise<Set<string | undefined>> {
  const ids = items.flatMap(({ sampleId }) => (sampleId === undefined ? [] : [uuidOfDecision(sampleId)]));
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ decision_id: string }>(
    `update request_samples set batch = $2 where decision_id = any($1::uuid[]) and batch is null returning decision_id`,
    [ids, batchId],
  );
  return new Set(rows.map((row) => row.decision_id));
}

async function insertCases(client: PoolClient, cases: NewBatch['cases']): Promise<void> {
  await client.query(
    `insert into annotation_cases (hash, body, sample_id) select hash, body, sample_id
     from jsonb_to_recordset($1) as row (hash text, body jsonb, sample_id uuid) on conflict do nothing`,
    [storable(cases.map(({ hash, body, sampleId }) => ({ hash, body, sample_id: uuidOf(sampleId) })))],
  );
}

async function insertItems(client: PoolClient, batchId: string, items: readonly NewQueueItem[]): Promise<void> {
  await client.query(
    `insert into annotation_items (batch_id, band, case_id, case_hash, reply_hash, model, gold, content, sample_id)
     select $1, band, case_id, case_hash, reply_hash, model, gold, content, sample_id from jsonb_to_recordset($2)
       as row (band integer, case_id text, case_hash text, reply_hash text, model text, gold jsonb, content jsonb,
         sample_id uuid)
     on conflict do nothing`,
    [
      batchId,
      storable(
        items.map((item) => ({
          band: item.band,
          case_id: item.caseId,
          case_hash: item.caseHash,
          reply_hash: item.replyHash,
          model: item.model,
          gold: item.gold,
          content: item.content,
          sample_id: uuidOf(item.sampleId),
        })),
      ),
    ],
  );
}

const uuidOf = (sampleId: string | undefined): string | undefined =>
  sampleId === undefined ? undefined : uuidOfDecision(sampleId);
