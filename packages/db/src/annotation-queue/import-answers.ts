import type { AnnotationAnswers, Dimension } from '@pointsman/contracts';
import type { PoolClient } from 'pg';
import { inTransaction } from '../in-transaction.ts';
import type { Database } from '../open-database.ts';
import { landRatings } from './landed-ratings.ts';
import { lockAssignment, lockItem, refreshItem } from './locked-assignment.ts';

/** What one rater said of one item, as another tool tells it. */
export type ImportedAnswer = {
  itemId: string;
  rater: string;
  answers: AnnotationAnswers;
  comment: string | undefined;
};

/** Takes in ratings that were made elsewhere, all or nothing; each takes the place of what that rater had said. */
export function importAnswers(database: Database, answers: readonly ImportedAnswer[], now: number): Promise<void> {
  // In one order: two imports at once would else wait for each other.
  const ordered = answers.toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1));
  return inTransaction(database, async (client) => {
    for (const answer of ordered) await importOne(client, answer, now);
  });
}

async function importOne(client: PoolClient, answer: ImportedAnswer, now: number): Promise<void> {
  const { itemId, rater, answers, comment } = answer;
  await lockItem(client, itemId);
  await client.query(
    `insert into annotation_assignments as own (item_id, rater, state, dimensions, reserved_until, finished_at, revision,
       answers, comment, imported)
     values ($1, $2, 'submitted', $3, $4, $4, 1, $5, $6, true)
     on conflict (item_id, rater) do update set state = 'submitted', dimensions = excluded.dimensions,
       finished_at = excluded.finished_at, revision = own.revision + 1, answers = own.answers || excluded.answers,
       comment = coalesce(excluded.comment, own.comment), skip_reason = null, skip_note = null, imported = true`,
    [itemId, rater, Object.keys(answers) as Dimension[], new Date(now), JSON.stringify(answers), comment ?? null],
  );
  await refreshItem(client, itemId);
  const { item, batch, saved } = await lockAssignment(client, itemId, rater);
  if (batch.state !== 'withdrawn')
    await landRatings(client, { ...item, batchId: batch.id }, { rater, answers: saved.answers });
}
