import type { AnnotationAnswers, BatchInput } from '@pointsman/contracts';
import { repositories as openRepositories, type Repositories } from '@pointsman/db';
import { type TestDatabase, testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AnnotationQueue, createAnnotationQueue } from './annotation-queue.ts';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 10, 2, 8);

let now = START;
let queue: AnnotationQueue;
let database: TestDatabase;
let repositories: Repositories;
beforeAll(async () => {
  database = await testDatabase();
  repositories = openRepositories(database.database);
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = START;
  await database.database.pool.query(
    'truncate annotation_batches, annotation_cases, annotated_replies, request_samples cascade',
  );
  queue = createAnnotationQueue({ repositories, now: () => now });
});

const ALL_GOOD: AnnotationAnswers = { tone: 4, safety: 5 };

type Line = { caseId: string; model: string; reply: string; gold?: AnnotationAnswers };
const lines = (count: number, over: (index: number) => Partial<Line> = () => ({})): object[] =>
  Array.from({ length: count }, (_, index) => ({
    caseId: `case-${index}`,
    model: 'acme/alpha',
    domain: 'travel',
    task: 'answer',
    language: 'en',
    messages: [{ role: 'user', text: `Question ${index}` }],
    reference: `Reference ${index}`,
    reply: `Reply ${index}`,
    ...over(index),
  }));

/** A batch that wants `raters` for each dimension of each item. */
async function batchOf(items: object[], over: Partial<BatchInput> = {}): Promise<string> {
  const content = items.map((item) => JSON.stringify(item)).join('\n');
  const { id } = await queue.openBatch(
    {
      title: 'Support replies',
      source: { kind: 'file', format: 'jsonl', content },
      dimensions: ['tone', 'safety'],
      // By the default ICC of 0.5: two raters reach 0.816.
      targetCeiling: 0.8,
      goldShare: 0,
      ...over,
    },
    'usr_operator',
  );
  return id;
}

const idsOf = async (rater: string, count = 3) => (await queue.next(rater, { count })).items.map(({ id }) => id);

/** Rates everything there is for this rater; `answer` may look at what is shown. */
async function rateAll(
  rater: string,
  answer: (reply: string) => AnnotationAnswers = () => ALL_GOOD,
): Promise<string[]> {
  const rated: string[] = [];
  for (;;) {
    const { items } = await queue.next(rater, { count: 3 });
    if (items.length === 0) return rated;
    for (const { id, reply } of items) {
      now += MINUTE_MS;
      await queue.submit(rater, id, { revision: 1, answers: answer(reply) });
      rated.push(id);
    }
  }
}

describe('an item', () => {
  it('is given whole, and says nothing of who wrote it', async () => {
    await batchOf(lines(1));
    const { items, batches } = await queue.next('ana', {});
    expect(items[0]).toMatchObject({ dimensions: ['tone', 'safety'], reply: 'Reply 0' });
    expect(batches[0]?.rubrics.map(({ dimension }) => dimension)).toEqual(['tone', 'safety']);
    expect(JSON.stringify({ items, batches })).not.toContain('acme');
    expect(JSON.stringify(items)).not.toContain('gold');
    // Neither tone nor safety is judged by a reference.
    expect(items[0]?.reference).toBeUndefined();
  });

  it('is given to no more raters than wanted, however many ask at once', async () => {
    const id = await batchOf(lines(12));
    const raters = Array.from({ length: 8 }, (_, index) => `rater ${index}`);
    for (let round = 0; round < 4; round += 1)
      await Promise.all(raters.map((rater) => queue.next(rater, { count: Math.min(10, 3 * (round + 1)) })));
    const { rows } = await database.database.pool.query<{ raters: number }>(
      `select count(*)::integer as raters from annotation_items i join annotation_assignments a on a.item_id = i.id
       where i.batch_id = $1 group by i.id`,
      [id],
    );
    expect(rows).toHaveLength(12);
    expect(rows.every(({ raters: count }) => count === 2)).toBe(true);
  });

  it('asks each dimension of as many raters as that dimension takes', async () => {
    // People agreed on safety: one rater does. Nobody rated tone yet: two are supposed to be needed.
    await repositories.annotations.record(
      Array.from({ length: 40 }, (_, index) => ({
        caseHash: String(index).padStart(64, '0'),
        replyHash: String(index).padStart(64, '0'),
        caseId: `known-${index}`,
        model: 'acme/beta',
        reply: 'Known',
        ratings: ['x', 'y'].map((rater) => ({
          rater,
          dimension: 'safety' as const,
          rating: 1 + (index % 5),
          scale: [1, 5] as [number, number],
        })),
        adjudications: [],
      })),
      'earlier',
    );
    const batch = await batchOf(lines(1));
    expect((await queue.batch(batch)).raters).toMatchObject([
      { dimension: 'tone', raters: 2, basis: 'default' },
      { dimension: 'safety', raters: 1, basis: 'agreement' },
    ]);
    const dimensionsFor = async (rater: string) => (await queue.next(rater, {})).items.map((item) => item.dimensions);
    expect(await dimensionsFor('ana')).toEqual([['tone', 'safety']]);
    expect(await dimensionsFor('ben')).toEqual([['tone']]);
    expect(await dimensionsFor('cy')).toEqual([]);
    const [item] = (await queue.current('ben')).items;
    await queue.submit('ben', item?.id ?? '', { revision: 1, answers: { tone: 3 } });
  });

  it('is never given to the same rater twice', async () => {
    await batchOf(lines(7));
    const rated = await rateAll('ana');
    expect(rated).toHaveLength(7);
    expect(new Set(rated).size).toBe(7);
    expect(await idsOf('ana')).toEqual([]);
  });

  it('goes to others when a reservation runs out, and what was saved of it is not lost', async () => {
    await batchOf(lines(1), { targetCeiling: 0.7, reservationMinutes: 10 });
    const [id = ''] = await idsOf('ana');
    expect(await idsOf('ben')).toEqual([]);
    await queue.saveDraft('ana', id, { revision: 1, answers: { tone: 2 }, comment: 'curt' });
    now += 10 * MINUTE_MS + 1;
    // Nobody else has come: it is hers again, as she left it.
    expect((await queue.next('ana', {})).items[0]?.draft).toMatchObject({ answers: { tone: 2 }, comment: 'curt' });
    now += 10 * MINUTE_MS + 1;
    expect(await idsOf('ben')).toEqual([id]);
    expect(await queue.current('ana')).toEqual({ items: [], batches: [] });
    await expect(queue.submit('ana', id, { revision: 2, answers: ALL_GOOD })).rejects.toMatchObject({
      code: 'conflict',
    });
    await queue.submit('ben', id, { revision: 1, answers: ALL_GOOD });
  });

  it('may be submitted late where nobody has taken its place', async () => {
    await batchOf(lines(1), { reservationMinutes: 10 });
    const [id = ''] = await idsOf('ana');
    now += 60 * MINUTE_MS;
    expect(await queue.submit('ana', id, { revision: 1, answers: ALL_GOOD })).toMatchObject({ id, revision: 1 });
  });

  it('of another does not exist', async () => {
    await batchOf(lines(1));
    const [id = ''] = await idsOf('ana');
    const missing = { code: 'not_found' };
    await expect(queue.saveDraft('ben', id, { revision: 1, answers: {} })).rejects.toMatchObject(missing);
    await expect(queue.submit('ben', id, { revision: 1, answers: ALL_GOOD })).rejects.toMatchObject(missing);
    await expect(queue.skip('ben', id, { reason: 'unclear' })).rejects.toMatchObject(missing);
    await expect(queue.decide('ben', id, { ratings: { tone: 3 } })).rejects.toMatchObject(missing);
  });

  it('comes in an order of each rater’s own, within what comes first', async () => {
    await batchOf(lines(18));
    const [ana, ben] = [await idsOf('ana', 10), await idsOf('ben', 10)];
    expect(ana).not.toEqual(ben);
  });

  it('never follows one of the same case while another case is left', async () => {
    await batchOf(
      lines(12, (index) => ({ caseId: `case-${index % 4}`, reply: `Reply ${index}`, messages: [] as never })).map(
        (line, index) => ({ ...line, messages: [{ role: 'user', text: `Question ${index % 4}` }] }),
      ),
    );
    const { items } = await queue.next('ana', { count: 10 });
    const questions = items.map(({ messages }) => messages[0]?.text);
    expect(questions.some((question, place) => question === questions[place + 1])).toBe(false);
  });
});

describe('what a rater enters', () => {
  it('is there again after a reload, with what the reservation was put off to', async () => {
    await batchOf(lines(2), { reservationMinutes: 10 });
    const [id = ''] = await idsOf('ana');
    now += 8 * MINUTE_MS;
    const saved = await queue.saveDraft('ana', id, { revision: 3, answers: { tone: 5 }, activeMs: 4000 });
    expect(saved).toEqual({ saved: true, revision: 3, reservedUntil: new Date(now + 10 * MINUTE_MS).toISOString() });
    now += 8 * MINUTE_MS;
    const { items } = await queue.current('ana');
    expect(items.map((item) => item.draft)).toEqual([{ revision: 3, answers: { tone: 5 }, activeMs: 4000 }]);
  });

  it('is not undone by a save that comes late or twice', async () => {
    await batchOf(lines(1));
    const [id = ''] = await idsOf('ana');
    await queue.saveDraft('ana', id, { revision: 5, answers: { tone: 5, safety: 5 } });
    expect(await queue.saveDraft('ana', id, { revision: 4, answers: { tone: 1 } })).toMatchObject({
      saved: false,
      revision: 5,
    });
    expect(await queue.saveDraft('ana', id, { revision: 5, answers: { tone: 5, safety: 5 } })).toMatchObject({
      saved: true,
    });
    await Promise.all(
      [9, 7, 8, 6].map((revision) => queue.saveDraft('ana', id, { revision, answers: { tone: (revision % 5) + 1 } })),
    );
    expect((await queue.current('ana')).items[0]?.draft).toMatchObject({ revision: 9, answers: { tone: 5 } });
    await queue.submit('ana', id, { revision: 10, answers: ALL_GOOD });
    expect(await queue.saveDraft('ana', id, { revision: 11, answers: { tone: 1 } })).toMatchObject({
      saved: false,
      revision: 10,
    });
  });

  it('is submitted once, however often it is sent, and wants every dimension answered', async () => {
    await batchOf(lines(1));
    const [id = ''] = await idsOf('ana');
    const half = queue.submit('ana', id, { revision: 1, answers: { tone: 4 } });
    await expect(half).rejects.toMatchObject({ code: 'invalid_request', message: 'Not answered: safety.' });
    const stray = queue.submit('ana', id, { revision: 1, answers: { ...ALL_GOOD, coherence: 4 } });
    await expect(stray).rejects.toMatchObject({ code: 'invalid_request' });
    const said = { revision: 2, answers: { tone: 4, safety: 'cannot-rate' } } as const;
    const first = await queue.submit('ana', id, said);
    now += MINUTE_MS;
    expect(await queue.submit('ana', id, said)).toEqual(first);
    expect((await queue.progress('ana', { batch: undefined, sinceMs: START })).done).toBe(1);
  });

  it('can be undone, item by item, and is submitted anew', async () => {
    const batch = await batchOf(lines(3));
    const [one = '', two = ''] = await idsOf('ana');
    await queue.submit('ana', one, { revision: 1, answers: { tone: 1, safety: 1 } });
    now += MINUTE_MS;
    await queue.skip('ana', two, { reason: 'unclear', note: 'what is asked?' });
    expect((await queue.undo('ana')).item?.id).toBe(two);
    expect(await queue.undo('ana')).toMatchObject({
      item: { id: one, draft: { revision: 1, answers: { tone: 1, safety: 1 } } },
    });
    expect(await queue.undo('ana')).toEqual({});
    expect((await queue.current('ana')).items.map(({ id }) => id).slice(0, 2)).toEqual([one, two]);
    // What was said first counts nowhere any more.
    expect((await repositories.annotations.all()).flatMap(({ ratings }) => ratings)).toEqual([]);
    await queue.submit('ana', one, { revision: 2, answers: ALL_GOOD });
    expect((await queue.batch(batch)).counts).toMatchObject({ ratings: 1, held: 2, skips: {} });
  });

  it('is skipped for good, and others get it', async () => {
    const batch = await batchOf(lines(1), { targetCeiling: 0.7 });
    const [id = ''] = await idsOf('ana');
    await queue.skip('ana', id, { reason: 'not-my-language' });
    await queue.skip('ana', id, { reason: 'not-my-language' });
    expect(await idsOf('ana')).toEqual([]);
    expect(await idsOf('ben')).toEqual([id]);
    expect((await queue.batch(batch)).counts.skips).toEqual({ 'not-my-language': 1 });
  });
});

describe('progress', () => {
  it('counts down by one with every item, gold or not, and knows today’s from yesterday’s', async () => {
    await batchOf(
      [...lines(18), ...lines(10, (index) => ({ caseId: `gold-${index}`, gold: { tone: 3, safety: 5 } }))],
      { goldShare: 0.1 },
    );
    const left = async () =>
      (await queue.progress('ana', { batch: undefined, sinceMs: START + 12 * 60 * MINUTE_MS })).left;
    const seen = [await left()];
    for (;;) {
      const [id] = await idsOf('ana', 1);
      if (id === undefined) break;
      now += 2 * MINUTE_MS;
      await queue.submit('ana', id, { revision: 1, answers: ALL_GOOD, activeMs: 70_000 });
      seen.push(await left());
    }
    expect(seen).toEqual(Array.from({ length: 21 }, (_, index) => 20 - index));
    const progress = await queue.progress('ana', { batch: undefined, sinceMs: START + 21 * MINUTE_MS });
    expect(progress).toMatchObject({ done: 20, doneToday: 10, pacePerHour: 30, medianMs: 70_000, left: 0, held: 0 });
  });
});

describe('what was rated', () => {
  it('lands among the ratings that judges are held to, without gold items', async () => {
    const batch = await batchOf([...lines(9), ...lines(1, () => ({ caseId: 'gold', gold: { tone: 3, safety: 5 } }))], {
      goldShare: 0.1,
    });
    await rateAll('ana', (reply) => ({ tone: reply === 'Reply 1' ? 'cannot-rate' : 2, safety: 5 }));
    const stored = await repositories.annotations.all();
    expect(stored.map(({ caseId }) => caseId).toSorted()).toEqual(lines(9).map((_, index) => `case-${index}`));
    expect(stored.flatMap(({ ratings }) => ratings)).toHaveLength(17);
    const cases = await repositories.benchmarks.cases(stored.map(({ caseHash }) => caseHash));
    expect(cases.size).toBe(9);
    const { raterFigures } = await queue.batch(batch);
    expect(raterFigures[0]).toMatchObject({
      done: 10,
      cannotRate: 1,
      gold: { answers: 2, exact: { tooFew: true, n: 1 } },
    });
  });

  it('is taken back when its batch is withdrawn', async () => {
    const batch = await batchOf(lines(3));
    await rateAll('ana');
    expect(await repositories.annotations.all()).toHaveLength(3);
    await queue.changeBatch(batch, { state: 'withdrawn' });
    expect(await repositories.annotations.all()).toEqual([]);
    expect(await idsOf('ben')).toEqual([]);
    await expect(queue.changeBatch(batch, { state: 'open' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('waits while a batch is paused, and ends when it is closed', async () => {
    const batch = await batchOf(lines(4));
    const [one = '', two = ''] = await idsOf('ana', 2);
    await queue.changeBatch(batch, { state: 'paused' });
    expect(await idsOf('ana', 4)).toEqual([one, two]);
    expect(await idsOf('ben')).toEqual([]);
    await queue.submit('ana', one, { revision: 1, answers: ALL_GOOD });
    await queue.changeBatch(batch, { state: 'closed' });
    await expect(queue.submit('ana', two, { revision: 1, answers: ALL_GOOD })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('shows how far raters agree', async () => {
    const batch = await batchOf(lines(24));
    const tone = (reply: string) => (Number(reply.at(-1)) % 2 === 0 ? 5 : 2);
    await rateAll('ana', (reply) => ({ tone: tone(reply), safety: 5 }));
    await rateAll('ben', (reply) => ({ tone: tone(reply), safety: 5 }));
    const found = await expect
      .poll(() => queue.batch(batch), { timeout: 20_000, interval: 100 })
      .toMatchObject({ agreement: { status: 'ready', current: true } })
      .then(() => queue.batch(batch));
    expect(found.counts).toMatchObject({ rated: 24, ratings: 48, ratingsWanted: 48, disputed: 0 });
    if (found.agreement.status !== 'ready') return;
    expect(found.agreement.dimensions[0]).toMatchObject({
      dimension: 'tone',
      alphaOrdinal: { estimate: 1 },
      replies: 24,
    });
  });
});
