import { type Decision, type ModelBoard, type ModelPlane, utcDay } from '@pointsman/contracts';
import { sampleDecision } from '@pointsman/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs } from './act-as.ts';
import { sampleReport, storeReport } from './sample-report.ts';
import { startGateway, type TestClient, type TestGateway } from './start-gateway.ts';

const DAY_MS = 86_400_000;
/** Of today: a test that runs at midnight must not fall between two days. */
const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2;
const TODAY = { from: utcDay(NOON), to: utcDay(NOON + DAY_MS) };
const MINI = 'openai/gpt-4.1-mini';
const STRONG = 'openai/gpt-4.1';

let gateway: TestGateway;
let other: TestClient;

const weighed = (modelId: string, mean: number) => ({
  modelId,
  basis: 'learned' as const,
  overall: { mean, spread: 0.1 },
  risk: 0.1,
  expectedCostNanoUsd: 1000,
});

function served(modelId: string, mean: number, nanoUsd: number): Partial<Decision> {
  return { modelId, candidates: [weighed(modelId, mean)], cost: { status: 'exact', nanoUsd } };
}

beforeAll(async () => {
  gateway = await startGateway({
    policies: [{ name: 'default', minScores: { overall: 0.75 }, deniedModels: [STRONG] }],
  });
  other = await gateway.addClient({ name: 'other' });
  const of = (clientId: string, count: number, changes: Partial<Decision>): Decision[] =>
    Array.from({ length: count }, () => sampleDecision(NOON, { clientId, ...changes }));
  await gateway.deps.repositories.decisions.insertBatch([
    ...of(gateway.clientId, 60, { ...served(MINI, 0.8, 100_000), domain: 'legal', task: 'answer' }),
    ...of(gateway.clientId, 20, { ...served(MINI, 0.8, 100_000), domain: 'finance', task: 'answer' }),
    ...of(gateway.clientId, 40, { ...served(STRONG, 0.9, 700_000), domain: 'legal', task: 'write' }),
    ...of(gateway.clientId, 10, {
      ...served(STRONG, 0.9, 700_000),
      outcome: 'cached',
      cost: { status: 'exact', nanoUsd: 0 },
    }),
    ...of(gateway.clientId, 5, {
      modelId: undefined,
      usage: {},
      candidates: [],
      outcome: 'refused',
      cost: { status: 'exact', nanoUsd: 0 },
    }),
    ...of(other.clientId, 50, { ...served('gone/model', 0.7, 50_000), domain: 'legal', task: 'answer' }),
  ]);
}, 30_000);
afterAll(() => gateway.close());

async function ask<T>(path: string, query: Record<string, string> = {}, token = gateway.apiKey): Promise<T> {
  const response = await send(path, query, token);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as T;
}

const send = (path: string, query: Record<string, string>, token: string) =>
  fetch(`${gateway.origin}/api${path}?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${token}` },
  });

const plane = (query: Record<string, string>, token?: string) =>
  ask<ModelPlane>('/model-plane', { ...TODAY, client: gateway.clientId, ...query }, token);
const board = (query: Record<string, string>, token?: string) =>
  ask<ModelBoard>('/model-board', { ...TODAY, client: gateway.clientId, ...query }, token);

describe('the plane of cost and quality', () => {
  it('shows what real requests cost and were expected to be worth, by model', async () => {
    const { points, mix, policy, unmeasured } = await plane({ source: 'traffic' });
    const [strong, mini] = points;
    expect(points.map(({ model }) => model)).toEqual([STRONG, MINI]);
    expect(mini).toMatchObject({
      costNanoUsd: 100_000,
      costEstimated: false,
      quality: { value: 0.8, count: 80 },
      requests: 80,
      onFront: true,
      allowed: true,
    });
    expect(mini?.quality.interval?.low).toBeCloseTo(0.8 - (1.96 * 0.1) / Math.sqrt(80), 4);
    // Replies from the cache cost nothing and went to no model.
    expect(strong).toMatchObject({ costNanoUsd: 700_000, quality: { value: 0.9, count: 40 }, allowed: false });
    expect(mix).toMatchObject({ requests: 135, costNanoUsd: 300_000, quality: { count: 120 } });
    expect(mix?.quality.value).toBeCloseTo((80 * 0.8 + 40 * 0.9) / 120, 6);
    expect(policy).toEqual({ name: 'default', minOverall: 0.75 });
    expect(unmeasured).toBeGreaterThan(20);
  });

  it('looks at one domain and task', async () => {
    const { points } = await plane({ source: 'traffic', domain: 'finance', task: 'answer' });
    // Too few for an interval: said so by having none, and on no front.
    expect(points).toMatchObject([{ model: MINI, quality: { value: 0.8, count: 20 }, onFront: false }]);
    expect(points[0]?.quality.interval).toBeUndefined();
  });

  it('shows what the router expects of every served model without any traffic', async () => {
    const { points, router, reference, unmeasured } = await plane({
      source: 'router',
      domain: 'software',
      task: 'code',
    });
    expect(unmeasured).toBe(0);
    expect(router).toMatchObject({ prompts: 6 });
    const { pipeline } = gateway.deps;
    expect(points.map(({ model }) => model)).toEqual(
      pipeline
        .directory()
        .chatModels.map(({ id }) => id)
        .toSorted(),
    );
    for (const { quality } of points) {
      const { value = Number.NaN, interval } = quality;
      expect(interval?.low).toBeLessThanOrEqual(value);
      expect(interval?.high).toBeGreaterThanOrEqual(value);
    }
    expect(points.filter(({ onFront }) => onFront).length).toBeGreaterThan(1);
    expect(new Set(points.map(({ standing }) => standing))).toEqual(new Set(['learned', 'prior']));
    expect(reference?.basis).toBe('stated');
  });

  it('takes the typical request from the traffic where there is enough of it', async () => {
    const { reference } = await plane({ source: 'router' });
    const { usage } = sampleDecision(NOON);
    expect(reference).toEqual({ basis: 'traffic', inputTokens: usage?.inputTokens, requests: 130 });
  });

  it('leaves out on request what the policy does not allow, and draws the front among the others', async () => {
    const { points } = await plane({ source: 'traffic', allowed: 'true' });
    expect(points.map(({ model, onFront }) => [model, onFront])).toEqual([[MINI, true]]);
  });

  it('shows finished runs by benchmark version and judge, both sides of a comparison', async () => {
    expect(await plane({ source: 'benchmark' })).toMatchObject({ points: [], benchmark: { series: [] } });
    await storeReport(gateway, sampleReport({ candidate: MINI, baseline: STRONG, name: 'starter', version: 2 }));
    const { points, benchmark, mix } = await plane({ source: 'benchmark' });
    expect(benchmark?.series).toMatchObject([{ benchmark: 'starter', version: 2, emulated: true }]);
    expect(benchmark?.chosen).toBe(benchmark?.series[0]?.id);
    expect(points).toMatchObject([
      { model: STRONG, quality: { value: 0.9 }, costNanoUsd: 4_000_000, standing: 'measured' },
      { model: MINI, quality: { value: 0.8, interval: { low: 0.75 }, count: 100 }, costNanoUsd: 900_000 },
    ]);
    // Cases of a benchmark are no requests of the client.
    expect(mix).toBeUndefined();
    const { points: legal } = await plane({ source: 'benchmark', domain: 'legal' });
    expect(legal).toMatchObject([
      { model: STRONG, quality: { count: 4 } },
      { model: MINI, quality: { value: 0.7 } },
    ]);
    expect(legal[0]?.quality.value).toBeUndefined();
    // Reports are cut by domain or by task: nothing is known of both at once.
    expect((await plane({ source: 'benchmark', domain: 'legal', task: 'write' })).points).toEqual([]);
  });

  it("keeps runs that carry another client's name from a client", async () => {
    const name = 'theirs';
    await storeReport(gateway, sampleReport({ candidate: MINI, name, labels: { client: other.clientId } }));
    const names = async (token: string, client: string) =>
      (await plane({ source: 'benchmark', client }, token)).benchmark?.series.map((each) => each.benchmark);
    expect(await names(other.apiKey, other.clientId)).toContain(name);
    const mine = await signInAs(gateway, 'client-member', gateway.clientId);
    expect(await names(mine, gateway.clientId)).toEqual(['starter']);
  });
});

describe('the board of models', () => {
  it('has a row for every served model and a cell for every dimension the router knows something of', async () => {
    const { rows, columns, total, providers } = await board({ limit: '200' });
    const { chatModels } = gateway.deps.pipeline.directory();
    expect(total).toBe(chatModels.length);
    expect(rows).toHaveLength(total);
    expect(columns).toContain('tone');
    expect(providers).toContain('anthropic');
    const mini = rows.find(({ model }) => model === MINI);
    expect(Object.keys(mini?.cells ?? {}).sort()).toEqual([...columns].sort());
    // The shipped artefact has no scores of tone: that is a prior, and said to be.
    expect(mini?.cells.tone?.standing).toBe('prior');
  });

  it('has domains and tasks as columns, from traffic only where there was some', async () => {
    const { rows } = await board({ by: 'domain', source: 'traffic', measured: 'true' });
    expect(rows.map(({ model, cells }) => [model, Object.keys(cells).sort()])).toEqual([
      [STRONG, ['all', 'legal']],
      [MINI, ['all', 'finance', 'legal']],
    ]);
    expect(rows[1]?.cells.finance).toEqual({ value: 0.8, count: 20, standing: 'prior' });
    const { rows: tasks } = await board({
      by: 'task',
      source: 'traffic',
      measured: 'true',
      domain: 'legal',
      sort: 'write',
    });
    expect(tasks[0]).toMatchObject({ model: STRONG, cells: { write: { value: 0.9, count: 40 } } });
  });

  it('is searched, filtered, sorted and paged by the server; what has no value comes last', async () => {
    const { rows, total } = await board({ search: 'GPT-4.1', provider: 'openai', sort: 'output', limit: '2' });
    expect(total).toBeGreaterThanOrEqual(3);
    expect(rows).toHaveLength(2);
    const next = await board({ search: 'GPT-4.1', provider: 'openai', sort: 'output', limit: '2', offset: '2' });
    const prices = [...rows, ...next.rows].map(({ price }) => price?.outputMicroUsdPerMtok ?? Number.NaN);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    for (const sort of ['all', '-all']) {
      const { rows: mixed } = await board({ source: 'traffic', sort, limit: '200' });
      expect(mixed.slice(0, 2).every(({ cells }) => cells.all !== undefined)).toBe(true);
      expect(mixed.slice(2).every(({ cells }) => cells.all === undefined)).toBe(true);
    }
  });

  it('shows single dimensions of finished runs', async () => {
    const { rows } = await board({ source: 'benchmark', measured: 'true', series: '' });
    expect(rows.find(({ model }) => model === MINI)?.cells.tone).toMatchObject({ standing: 'measured', count: 100 });
  });
});

describe('who may look', () => {
  it("shows a client's people their own client only; another's does not exist for them", async () => {
    const own = await ask<ModelPlane>('/model-plane', { ...TODAY, source: 'traffic' }, other.apiKey);
    expect(own.points).toMatchObject([{ model: 'gone/model', quality: { count: 50 }, requests: 50 }]);
    expect(own.points[0]?.price).toBeUndefined();
    for (const path of ['/model-plane', '/model-board']) {
      for (const client of [gateway.clientId, 'acme'])
        expect((await send(path, { ...TODAY, client }, other.apiKey)).status).toBe(404);
    }
  });

  it('shows annotators nothing, and all clients together to operators', async () => {
    const annotator = await signInAs(gateway, 'annotator');
    expect((await send('/model-plane', {}, annotator)).status).toBe(403);
    const all = await ask<ModelPlane>('/model-plane', { ...TODAY, source: 'traffic' });
    expect(all.points).toHaveLength(3);
    expect(all.policy).toBeUndefined();
    expect(all.points[0]?.allowed).toBeUndefined();
  });

  it('refuses a period that ends before it begins and a domain that there is not', async () => {
    expect((await send('/model-plane', { from: '2026-02-02', to: '2026-02-01' }, gateway.apiKey)).status).toBe(400);
    expect((await send('/model-board', { domain: 'cooking' }, gateway.apiKey)).status).toBe(400);
  });
});
