import { runItemsQuerySchema } from '@pointsman/contracts';
import { openDatabase, type Repositories, repositories } from '@pointsman/db';
import { type TestDatabase, testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleBenchmark, storeSampleBenchmark } from '../testing/store-sample-benchmark.ts';
import { SAMPLE_JUDGE, storeSampleRun } from '../testing/store-sample-run.ts';
import { listRuns } from './list-runs.ts';
import { readItem, readItems } from './read-items.ts';
import { readRun } from './read-run.ts';

const OWNER = 'cli_owner';
const STRANGER = 'cli_stranger';
let test: TestDatabase;
let stored: Repositories;
let sample: SampleBenchmark;
let runId: string;
let baselineRunId: string;
let judgingId: string;
let ownedId: string;
let close: () => Promise<void>;

beforeAll(async () => {
  test = await testDatabase();
  const database = openDatabase({ url: test.url });
  stored = repositories(database);
  close = () => database.close();
  sample = await storeSampleBenchmark(stored, OWNER);
  ({ runId, baselineRunId } = await storeSampleRun(stored, sample.second));
  ({ runId: ownedId } = await storeSampleRun(stored, {
    version: sample.first.version,
    cases: sample.first.cases.slice(0, 3),
    labels: { client: OWNER },
  }));
  const run = await stored.evaluationRuns.get(runId);
  if (run === undefined) throw new Error('no run');
  const spec = {
    ...run.spec,
    benchmark: { ...run.spec.benchmark, name: 'annotated replies' },
    labels: { command: 'judge calibrate' },
  };
  judgingId = (
    await stored.evaluationRuns.create({
      spec: { ...spec, comparison: { minEffect: 0.02, alpha: 0.05 } },
      emulated: true,
      items: [],
    })
  ).id;
});
afterAll(async () => {
  await close();
  await test.drop();
});

const all = { limit: 50, offset: 0 };
const items = (query: object = {}) => runItemsQuerySchema.parse(query);

describe('the list of runs', () => {
  it('is newest first, with progress, cost, verdict and what was compared', async () => {
    const { data, total } = await listRuns(stored, undefined, all);
    expect(total).toBe(5);
    expect(data[0]).toMatchObject({
      id: judgingId,
      kind: 'judging',
      status: 'queued',
      progress: { done: 0, total: 0 },
    });
    expect(data.find(({ id }) => id === runId)).toMatchObject({
      kind: 'benchmark',
      benchmark: { name: 'sample', version: 2 },
      status: 'finished',
      verdicts: ['regression'],
      progress: { done: 70, total: 70 },
      judge: SAMPLE_JUDGE.model,
      emulated: true,
    });
  });

  it('filters and pages on the server', async () => {
    expect((await listRuns(stored, undefined, { ...all, kind: 'judging' })).data.map(({ id }) => id)).toEqual([
      judgingId,
    ]);
    expect((await listRuns(stored, undefined, { ...all, model: 'openai/gpt-4.1' })).total).toBe(2);
    expect((await listRuns(stored, undefined, { ...all, status: 'failed' })).total).toBe(0);
    const [second] = (await listRuns(stored, undefined, { limit: 1, offset: 1 })).data;
    expect(second?.id).toBe((await listRuns(stored, undefined, all)).data[1]?.id);
  });

  it("shows a client no judging run and none that carries another client's name", async () => {
    const ids = async (seenBy: string) => (await listRuns(stored, seenBy, all)).data.map(({ id }) => id);
    expect(await ids(STRANGER)).toEqual([runId, baselineRunId]);
    expect(await ids(OWNER)).toContain(ownedId);
    for (const id of [judgingId, ownedId]) {
      await expect(readRun(stored, STRANGER, id)).rejects.toThrow('There is no run');
      await expect(readItems(stored, { id, seenBy: STRANGER }, items())).rejects.toThrow('There is no run');
      await expect(readItem(stored, { id, seenBy: STRANGER }, { caseId: 'case-000' })).rejects.toThrow(
        'There is no run',
      );
    }
  });
});

describe('a run', () => {
  it('comes with its report and who is compared with whom', async () => {
    const { sides, minEffect } = await readRun(stored, undefined, runId);
    expect(minEffect).toBe(0.02);
    expect(sides).toMatchObject([
      {
        contestant: 0,
        candidate: { model: 'mistral/mistral-small-3.2' },
        baseline: { runId: baselineRunId, model: 'openai/gpt-4.1' },
      },
    ]);
    expect(sides[0]?.report).toMatchObject({ verdict: 'regression', runId });
  });

  it('of a judge on annotated replies opens, and compares nobody', async () => {
    expect(await readRun(stored, undefined, judgingId)).toMatchObject({ kind: 'judging', sides: [] });
    expect((await readItems(stored, { id: judgingId, seenBy: undefined }, items())).total).toBe(0);
  });

  it('without a stored report says so by its absence', async () => {
    expect((await readRun(stored, undefined, baselineRunId)).sides).toEqual([
      { contestant: 0, candidate: { model: 'openai/gpt-4.1' } },
    ]);
  });
});

describe('the cases of a run', () => {
  it('are listed by what they lost, most first, with both scores', async () => {
    const found = await readItems(stored, { id: runId, seenBy: undefined }, items({ metric: 'factual_accuracy' }));
    expect(found.total).toBe(70);
    const differences = found.data.map(({ difference }) => difference ?? 0);
    expect(differences).toEqual(differences.toSorted((a, b) => a - b));
    expect(found.moves.worse).toBeGreaterThan(found.moves.better);
    expect(found.moves.worse + found.moves.better + found.moves.same).toBe(70);
  });

  it('can be narrowed to those that got better, and to a domain', async () => {
    const better = await readItems(
      stored,
      { id: runId, seenBy: undefined },
      items({ metric: 'tone', move: 'better', domain: 'legal' }),
    );
    expect(better.data.length).toBeGreaterThan(0);
    expect(better.data.every(({ difference, domain }) => (difference ?? 0) > 0 && domain === 'legal')).toBe(true);
  });

  it('show both replies, the verdicts and the case', async () => {
    const found = await readItem(stored, { id: runId, seenBy: undefined }, { caseId: 'case-004' });
    expect(found.candidate.item.reply).toMatchObject({ text: expect.stringContaining('fourteen days') });
    expect(found.baseline).toMatchObject({
      runId: baselineRunId,
      item: { reply: { text: expect.stringContaining('thirty days') } },
    });
    expect(found.case).toMatchObject({ id: 'case-004', messages: [{ role: 'system' }, { role: 'user' }] });
    await expect(readItem(stored, { id: runId, seenBy: undefined }, { caseId: 'case-999' })).rejects.toThrow(
      'no finished case',
    );
    await expect(
      readItem(stored, { id: runId, seenBy: undefined }, { caseId: 'case-004', contestant: 3 }),
    ).rejects.toThrow('compares nobody at the place 3');
  });

  it("leave out another client's production cases: in lists, in details, among examples", async () => {
    const seen = await readItems(stored, { id: runId, seenBy: STRANGER }, items());
    expect(seen.total).toBe(69);
    expect(seen.data.map(({ caseId }) => caseId)).not.toContain('production-900');
    await expect(readItem(stored, { id: runId, seenBy: STRANGER }, { caseId: 'production-900' })).rejects.toThrow(
      'no finished case',
    );
    expect(JSON.stringify(await readRun(stored, STRANGER, runId))).not.toContain('production-900');
    expect((await readItem(stored, { id: runId, seenBy: OWNER }, { caseId: 'production-900' })).case?.id).toBe(
      'production-900',
    );
  });
});
