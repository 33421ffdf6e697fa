import type { AnnotationAnswers, BatchInput } from '@pointsman/contracts';
import { repositories as openRepositories, type Repositories } from '@pointsman/db';
import { type TestDatabase, testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AnnotationQueue, createAnnotationQueue } from './annotation-queue.ts';

const MINUTE_MS = 60_000;
let now: number;
let queue: AnnotationQueue;
let database: TestDatabase;
let repositories: Repositories;
beforeAll(async () => {
  database = await testDatabase();
  repositories = openRepositories(database.database);
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = Date.UTC(2026, 10, 2, 8);
  await database.database.pool.query('truncate annotation_batches, annotation_cases, annotated_replies cascade');
  queue = createAnnotationQueue({ repositories, now: () => now });
});

/** One item that ana and ben rate apart in tone; resolves to the batch and the item. */
async function disputed(over: Partial<BatchInput> = {}): Promise<{ batch: string; item: string }> {
  const content = JSON.stringify({
    caseId: 'case-1',
    model: 'acme/alpha',
    domain: 'travel',
    task: 'answer',
    messages: [{ role: 'user', text: 'When?' }],
    reply: 'Now.',
  });
  const { id } = await queue.openBatch(
    {
      title: 'Travel',
      source: { kind: 'file', format: 'jsonl', content },
      dimensions: ['tone', 'safety'],
      targetCeiling: 0.8,
      goldShare: 0,
      reservationMinutes: 10,
      ...over,
    },
    'usr_operator',
  );
  await rate('ana', { tone: 5, safety: 5 }, 'warm');
  return { batch: id, item: await rate('ben', { tone: 2, safety: 4 }, 'curt') };
}

async function rate(rater: string, answers: AnnotationAnswers, comment?: string): Promise<string> {
  const [item] = (await queue.next(rater, {})).items;
  if (item === undefined) throw new Error(`nothing is left for ${rater}`);
  now += MINUTE_MS;
  await queue.submit(rater, item.id, { revision: 1, answers, comment });
  return item.id;
}

const missing = { code: 'not_found' };
const conflict = { code: 'conflict' };

describe('a disagreement', () => {
  it('goes to a third person, who sees what was said and not by whom', async () => {
    const { item } = await disputed();
    expect(await queue.nextDispute('ana')).toEqual({ waiting: 0 });
    const work = await queue.nextDispute('cy');
    expect(work).toMatchObject({
      waiting: 1,
      item: { id: item, disputes: [{ dimension: 'tone', ratings: [2, 5] }] },
    });
    expect(work.item?.comments.toSorted()).toEqual(['curt', 'warm']);
    expect(JSON.stringify(work)).not.toMatch(/ana|ben|acme/);
  });

  it('is settled once, and what was decided counts', async () => {
    const { batch, item } = await disputed();
    await queue.nextDispute('cy');
    expect((await queue.batch(batch)).counts).toMatchObject({ disputed: 1, adjudicated: 0 });
    await expect(queue.decide('cy', item, { ratings: { safety: 5 } })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await queue.decide('cy', item, { ratings: { tone: 4 }, note: 'polite enough' });
    await queue.decide('cy', item, { ratings: { tone: 1 } });
    expect((await queue.batch(batch)).counts).toMatchObject({ disputed: 0, adjudicated: 1 });
    const [stored] = await repositories.annotations.all();
    expect(stored?.adjudications).toEqual([{ dimension: 'tone', rating: 4, scale: [1, 5] }]);
    expect(stored?.ratings).toHaveLength(4);
    const { data } = await queue.batchItems({ batchId: batch, offset: 0, limit: 10, disputedOnly: true });
    expect(data).toMatchObject([{ id: item, disputed: [], decided: { tone: 4 } }]);
    // Nobody changes now what was decided on.
    await expect(queue.undo('ben')).rejects.toMatchObject(conflict);
    await queue.changeBatch(batch, { state: 'withdrawn' });
    expect(await repositories.annotations.all()).toEqual([]);
  });

  it('is one person’s at a time, and free again when they let it lie', async () => {
    const { item } = await disputed();
    expect((await queue.nextDispute('cy')).item?.id).toBe(item);
    expect((await queue.nextDispute('cy')).item?.id).toBe(item);
    expect(await queue.nextDispute('dee')).toEqual({ waiting: 0 });
    await expect(queue.decide('dee', item, { ratings: { tone: 3 } })).rejects.toMatchObject(missing);
    now += 10 * MINUTE_MS + 1;
    expect((await queue.nextDispute('dee')).item?.id).toBe(item);
    await queue.decide('dee', item, { ratings: { tone: 3 } });
    await expect(queue.decide('cy', item, { ratings: { tone: 5 } })).rejects.toMatchObject(conflict);
  });

  it('can be left to others', async () => {
    const { item } = await disputed();
    await queue.nextDispute('cy');
    await queue.skipDispute('cy', item);
    expect(await queue.nextDispute('cy')).toEqual({ waiting: 0 });
    expect((await queue.nextDispute('dee')).item?.id).toBe(item);
  });

  it('is given to one person only, when many ask at once', async () => {
    await disputed();
    const asked = await Promise.all(['cy', 'dee', 'eve', 'fay'].map((person) => queue.nextDispute(person)));
    expect(asked.filter(({ item }) => item !== undefined)).toHaveLength(1);
  });

  it('is none where raters are closer than the batch minds', async () => {
    await disputed({ disagreement: 4 });
    expect((await queue.nextDispute('cy')).waiting).toBe(0);
  });

  it('ends when one of the raters thinks again', async () => {
    const { item } = await disputed();
    await queue.undo('ben');
    expect((await queue.nextDispute('cy')).waiting).toBe(0);
    await queue.submit('ben', item, { revision: 2, answers: { tone: 4, safety: 4 } });
    expect((await queue.nextDispute('cy')).waiting).toBe(0);
  });
});
