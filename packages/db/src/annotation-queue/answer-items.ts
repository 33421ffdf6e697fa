import { GatewayError, type SkipReason } from '@pointsman/contracts';
import type { PoolClient } from 'pg';
import { inTransaction } from '../in-transaction.ts';
import type { Database } from '../open-database.ts';
import { landRatings, removeRatings } from './landed-ratings.ts';
import { hasRoom, type LockedAssignment, lockAssignment, refreshItem } from './locked-assignment.ts';
import type { SavedAnswers } from './queue-types.ts';

/** One rater at one item. */
export type AtItem = { itemId: string; rater: string; now: number };

export type SaveOutcome = { revision: number; reservedUntil: string };

/** How far back an undo reaches: the working day that a session lasts. */
const UNDO_WITHIN_MS = 12 * 3_600_000;

const landing = ({ item, batch }: LockedAssignment) => ({ ...item, batchId: batch.id });

function refuseOver({ batch, item }: LockedAssignment): void {
  if (batch.state === 'closed' || batch.state === 'withdrawn')
    throw new GatewayError('conflict', 'This batch is over: nothing more is taken.');
  if (item.content === undefined) throw new GatewayError('conflict', 'What this item showed has been erased.');
}

/** @throws GatewayError `conflict` when the reservation ran out and others took the place. */
async function keepPlace(client: PoolClient, assignment: LockedAssignment, now: number): Promise<void> {
  if (assignment.state === 'held' && assignment.reservedUntilMs > now) return;
  if (await hasRoom(client, assignment, now)) return;
  throw new GatewayError('conflict', 'The reservation ran out and others have rated this item meanwhile.');
}

/** Saves a draft unless a newer one stands; what was submitted or skipped stays as it is. */
export function saveDraft(database: Database, at: AtItem, draft: SavedAnswers): Promise<SaveOutcome> {
  return inTransaction(database, async (client) => {
    const assignment = await lockAssignment(client, at.itemId, at.rater);
    refuseOver(assignment);
    const { saved, reservedUntilMs, state, batch } = assignment;
    if (state !== 'held') return outcomeOf(saved.revision, reservedUntilMs);
    const isMine = reservedUntilMs > at.now || (await hasRoom(client, assignment, at.now));
    const until = isMine ? at.now + batch.reservationMs : reservedUntilMs;
    const newer = draft.revision > saved.revision ? draft : saved;
    await writeAnswers(client, at, newer);
    await client.query(`update annotation_assignments set reserved_until = $3 where item_id = $1 and rater = $2`, [
      at.itemId,
      at.rater,
      new Date(until),
    ]);
    return outcomeOf(newer.revision, until);
  });
}

const outcomeOf = (revision: number, untilMs: number): SaveOutcome => ({
  revision,
  reservedUntil: new Date(untilMs).toISOString(),
});

/**
 * Takes a rater's answers as final. Repeated or late it changes nothing; `check` throws when the answers are not what the
 * dimensions ask for.
 */
export function submitAnswers(
  database: Database,
  at: AtItem,
  said: SavedAnswers,
  check: (dimensions: LockedAssignment['dimensions']) => void,
): Promise<{ revision: number; submittedAt: string }> {
  return inTransaction(database, async (client) => {
    const assignment = await lockAssignment(client, at.itemId, at.rater);
    const { state, saved, finishedAtMs } = assignment;
    if (state === 'submitted' && said.revision <= saved.revision)
      return { revision: saved.revision, submittedAt: new Date(finishedAtMs ?? at.now).toISOString() };
    refuseOver(assignment);
    if (state === 'skipped') throw new GatewayError('conflict', 'This item was skipped: undo that first.');
    if (said.revision < saved.revision)
      throw new GatewayError('conflict', `Revision ${saved.revision} of this item stands, which is newer.`);
    if (assignment.item.isDecided)
      throw new GatewayError('conflict', 'A third person has decided on this item meanwhile.');
    if (state === 'held') await keepPlace(client, assignment, at.now);
    check(assignment.dimensions);
    await writeAnswers(client, at, said);
    await finish(client, at, { state: 'submitted' });
    await landRatings(client, landing(assignment), { rater: at.rater, answers: said.answers });
    return { revision: said.revision, submittedAt: new Date(at.now).toISOString() };
  });
}

/** Leaves an item to others, for good. Once submitted it stays submitted. */
export function skipItem(
  database: Database,
  at: AtItem,
  why: { reason: SkipReason; note: string | undefined },
): Promise<void> {
  return inTransaction(database, async (client) => {
    const assignment = await lockAssignment(client, at.itemId, at.rater);
    if (assignment.state === 'skipped') return;
    refuseOver(assignment);
    if (assignment.state === 'submitted')
      throw new GatewayError('conflict', 'This item was submitted: undo that first.');
    await finish(client, at, { state: 'skipped', ...why });
  });
}

/** Reopens what this rater finished last, submitted or skipped, and resolves to its id; undefined when there is nothing. */
export function undoLast(database: Database, { rater, now }: Omit<AtItem, 'itemId'>): Promise<string | undefined> {
  return inTransaction(database, async (client) => {
    const { rows } = await client.query<{ item_id: string }>(
      `select item_id from annotation_assignments
       where rater = $1 and state <> 'held' and not imported and finished_at > $2
       order by finished_at desc, turn desc limit 1`,
      [rater, new Date(now - UNDO_WITHIN_MS)],
    );
    const itemId = rows[0]?.item_id;
    if (itemId === undefined) return undefined;
    const assignment = await lockAssignment(client, itemId, rater);
    refuseOver(assignment);
    if (assignment.item.isDecided)
      throw new GatewayError('conflict', 'A third person has decided on this item: it stays as it is.');
    if (assignment.state === 'skipped') await keepPlace(client, assignment, now);
    await client.query(
      `update annotation_assignments set state = 'held', finished_at = null, skip_reason = null, skip_note = null,
         reserved_until = $3 where item_id = $1 and rater = $2`,
      [itemId, rater, new Date(now + assignment.batch.reservationMs)],
    );
    await refreshItem(client, itemId);
    await removeRatings(client, landing(assignment), rater);
    return itemId;
  });
}

async function writeAnswers(client: PoolClient, { itemId, rater }: AtItem, said: SavedAnswers): Promise<void> {
  await client.query(
    `update annotation_assignments set revision = $3, answers = $4, comment = $5, active_ms = $6
     where item_id = $1 and rater = $2`,
    [itemId, rater, said.revision, JSON.stringify(said.answers), said.comment ?? null, said.activeMs ?? null],
  );
}

async function finish(
  client: PoolClient,
  { itemId, rater, now }: AtItem,
  how: { state: 'submitted' | 'skipped'; reason?: SkipReason; note?: string | undefined },
): Promise<void> {
  await client.query(
    `update annotation_assignments set state = $3, finished_at = $4, skip_reason = $5, skip_note = $6
     where item_id = $1 and rater = $2`,
    [itemId, rater, how.state, new Date(now), how.reason ?? null, how.note ?? null],
  );
  await refreshItem(client, itemId);
}
