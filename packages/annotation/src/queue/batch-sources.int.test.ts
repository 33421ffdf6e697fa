import type { AnnotationAnswers, BatchInput } from '@pointsman/contracts';
import { repositories as openRepositories, type Repositories } from '@pointsman/db';
import { type TestDatabase, testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storeSampleBenchmark } from '../testing/store-sample-benchmark.ts';
import { storeSampleRun } from '../testing/store-sample-run.ts';
import { type AnnotationQueue, createAnnotationQueue } from './annotation-queue.ts';

const NOW = Date.UTC(2026, 10, 2, 8);
let queue: AnnotationQueue;
let database: TestDatabase;
let repositories: Repositories;
let runId: string;
beforeAll(async () => {
  database = await testDatabase();
  repositories = openRepositories(database.database);
  const sample = await storeSampleBenchmark(repositories, 'cli_owner');
  ({ runId } = await storeSampleRun(repositories, sample.second));
  queue = createAnnotationQueue({ repositories, now: () => NOW });
});
afterAll(() => database.drop());
beforeEach(() =>
  database.database.pool.query(
    'truncate annotation_batches, annotation_cases, annotated_replies, request_samples cascade',
  ),
);

const open = (over: Partial<BatchInput> & Pick<BatchInput, 'source'>) =>
  queue.openBatch({ title: 'Batch', dimensions: ['tone'], targetCeiling: 0.7, goldShare: 0, ...over }, 'usr_operator');

async function rateAll(rater: string, answers: AnnotationAnswers): Promise<number> {
  for (let done = 0; ; done += 1) {
    const [item] = (await queue.next(rater, { count: 1 })).items;
    if (item === undefined) return done;
    await queue.submit(rater, item.id, { revision: 1, answers, comment: `on ${item.reply}` });
  }
}

async function addSample(index: number, clientId: string): Promise<void> {
  await repositories.requestSamples.add([
    {
      decisionId: `dec_${String(index).padStart(32, '0')}`,
      clientId,
      at: new Date(NOW - index * 60_000).toISOString(),
      modelId: 'acme/alpha',
      domain: index % 2 === 0 ? 'travel' : undefined,
      task: 'answer',
      messages: [{ role: 'user', content: `private question ${index}` }],
      reply: `private reply ${index}`,
      retentionDays: 30,
      endUser: `user ${index}`,
    },
  ]);
}

const everythingStored = async (): Promise<string> => {
  const tables = ['annotation_items', 'annotation_assignments', 'annotation_cases', 'annotated_replies'];
  const read = tables.map((table) => database.database.pool.query(`select * from ${table}`));
  return JSON.stringify((await Promise.all(read)).map(({ rows }) => rows));
};

describe('a batch of a run', () => {
  it('holds its replies with their conversations, each text to a case once', async () => {
    const batch = await open({ source: { kind: 'run', runId }, mostItems: 20 });
    expect(batch).toMatchObject({ source: { kind: 'run', runId }, counts: { items: 20, ratingsWanted: 20 } });
    expect(await rateAll('ana', { tone: 3 })).toBe(20);
    const rated = await repositories.annotations.all();
    expect(rated).toHaveLength(20);
    expect((await repositories.benchmarks.cases(rated.map(({ caseHash }) => caseHash))).size).toBe(
      new Set(rated.map(({ caseHash }) => caseHash)).size,
    );
  });

  it('has gold items of what is known by then, with the reply of an earlier batch', async () => {
    await open({ source: { kind: 'run', runId }, mostItems: 6, targetCeiling: 0.85 });
    for (const rater of ['ana', 'ben', 'cy']) await rateAll(rater, { tone: 4 });
    const next = await open({
      source: { kind: 'file', format: 'jsonl', content: fileOf(18) },
      goldShare: 0.1,
    });
    expect(next.counts).toMatchObject({ items: 18, gold: 2 });
    // Who rated the gold reply before meets it again all the same: it checks them.
    expect(await rateAll('dee', { tone: 5 })).toBe(20);
    const { raterFigures } = await queue.batch(next.id);
    expect(raterFigures[0]?.gold).toMatchObject({ answers: 2, exact: { tooFew: true, n: 2 } });
  });

  it('is refused for a run that there is not', async () => {
    await expect(open({ source: { kind: 'run', runId: 'run_0' } })).rejects.toMatchObject({ code: 'not_found' });
  });
});

const fileOf = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({ messages: [{ role: 'user', text: `Q${index}` }], reply: `R${index}` }),
  ).join('\n');

describe('a batch of production requests', () => {
  it('takes each sample once, and forgets every text when its sample is erased', async () => {
    const { id: clientId } = await repositories.clients.create({ name: 'shop' });
    for (const index of [1, 2, 3]) await addSample(index, clientId);
    const batch = await open({ source: { kind: 'samples', clientId } });
    expect(batch.counts.items).toBe(3);
    await expect(open({ source: { kind: 'samples' } })).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await rateAll('ana', { tone: 3 })).toBe(3);
    // Only what says its domain and task makes a case; the others' ratings stay in the queue.
    expect((await repositories.annotations.all()).map(({ caseId }) => caseId)).toEqual([
      `production-${String(2).padStart(32, '0')}`,
    ]);
    expect(await everythingStored()).toContain('private question 2');
    expect(await repositories.requestSamples.erase(clientId, 'user 2')).toBe(1);
    const left = await everythingStored();
    expect(left).not.toMatch(/private (question|reply) 2/);
    expect(left).toContain('private reply 1');
    expect(await repositories.annotations.all()).toEqual([]);
    // What was rated still tells how raters rate.
    expect((await queue.batch(batch.id)).counts).toMatchObject({ items: 3, ratings: 3 });
    await repositories.requestSamples.erase(clientId);
    expect(await everythingStored()).not.toContain('private');
  });

  it('is not given on once its sample is erased', async () => {
    const { id: clientId } = await repositories.clients.create({ name: 'other shop' });
    await addSample(4, clientId);
    await open({ source: { kind: 'samples', clientId } });
    const [held] = (await queue.next('ana', {})).items;
    await repositories.requestSamples.erase(clientId);
    expect((await queue.current('ana')).items).toEqual([]);
    expect((await queue.next('ben', {})).items).toEqual([]);
    const late = queue.submit('ana', held?.id ?? '', { revision: 1, answers: { tone: 3 } });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a batch of a file', () => {
  it('comes back from its own export, item for item and rating for rating', async () => {
    const first = await open({ source: { kind: 'file', format: 'jsonl', content: fileOf(5) } });
    await rateAll('ana', { tone: 2 });
    for (const format of ['csv', 'jsonl', 'argilla', 'label-studio'] as const) {
      let document = '';
      for await (const part of (await queue.exportBatch(first.id, format)).parts) document += part;
      const again = await open({ source: { kind: 'file', format, content: document } });
      expect(again.counts).toMatchObject({ items: 5, ratings: 0 });
      const imported = await queue.importRatings(again.id, { format, content: document });
      expect(imported, format).toEqual({ ratings: 5, unrated: 0, bad: [] });
      const { data } = await queue.batchItems({ batchId: again.id, offset: 0, limit: 10, disputedOnly: false });
      expect(data.map(({ ratings }) => ratings.map(({ rater, answers }) => [rater, answers]))).toEqual(
        Array.from({ length: 5 }, () => [['ana', { tone: 2 }]]),
      );
    }
  });

  it('takes ratings of its items only, on its dimensions, and says what it left out', async () => {
    const { id } = await open({ source: { kind: 'file', format: 'jsonl', content: fileOf(2) } });
    const { data } = await queue.batchItems({ batchId: id, offset: 0, limit: 10, disputedOnly: false });
    const [one, two] = data.map((item) => item.id);
    const lines = [
      { item: one, ratings: [{ rater: 'mia', answers: { tone: 4 } }] },
      { item: 'ait_0', ratings: [{ rater: 'mia', answers: { tone: 4 } }] },
      { item: two, ratings: [{ rater: 'mia', answers: { safety: 4 } }] },
      { item: two, ratings: [] },
    ];
    const content = lines.map((line) => JSON.stringify(line)).join('\n');
    expect(await queue.importRatings(id, { format: 'jsonl', content })).toEqual({
      ratings: 1,
      unrated: 1,
      bad: [
        { place: 'line:2', reason: 'the batch has no such item' },
        { place: 'line:3', reason: 'the batch does not ask about safety' },
      ],
    });
    expect((await queue.batch(id)).raterFigures).toMatchObject([{ rater: 'mia', done: 1 }]);
  });

  it('knows a rater by the address of a person here', async () => {
    const person = await repositories.users.create({ email: 'mia@example.com', role: 'annotator' });
    const { id } = await open({ source: { kind: 'file', format: 'jsonl', content: fileOf(1) } });
    const { data } = await queue.batchItems({ batchId: id, offset: 0, limit: 1, disputedOnly: false });
    const line = { item: data[0]?.id, ratings: [{ rater: 'Mia@example.com', answers: { tone: 4 } }] };
    await queue.importRatings(id, { format: 'jsonl', content: JSON.stringify(line) });
    expect((await queue.batch(id)).raterFigures).toMatchObject([{ rater: person.id, name: 'mia@example.com' }]);
  });

  it('is refused whole when an entry cannot be used', async () => {
    const source = { kind: 'file', format: 'jsonl', content: `${fileOf(1)}\n{"messages": []}` } as const;
    await expect(open({ source })).rejects.toMatchObject({
      code: 'invalid_request',
      message: '1 entries cannot be used: line:2: there is no reply.',
    });
  });
});
