import type { Decision, Overview } from '@pointsman/contracts';
import { utcDay } from '@pointsman/contracts';
import { sampleDecision } from '@pointsman/db/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startGateway, type TestClient, type TestGateway } from './start-gateway.ts';

const DAY_MS = 86_400_000;
/** Noon of today: a test that runs at midnight must not fall between two days. */
const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2;
const TODAY = { from: utcDay(NOON), to: utcDay(NOON + DAY_MS) };

let gateway: TestGateway;
let other: TestClient;

beforeAll(async () => {
  gateway = await startGateway();
  other = await gateway.addClient({ name: 'other' });
  const of = (clientId: string, dayBack: number, count: number, changes: Partial<Decision> = {}): Decision[] =>
    Array.from({ length: count }, () => sampleDecision(NOON - dayBack * DAY_MS, { clientId, ...changes }));
  const { clientId } = gateway;
  await gateway.deps.repositories.decisions.insertBatch([
    ...of(clientId, 0, 40, { tags: { team: 'sales' } }),
    ...of(clientId, 0, 10, { domain: 'legal', outcome: 'failed', cost: { status: 'unknown', why: 'no usage' } }),
    ...of(clientId, 1, 20),
    ...of(other.clientId, 0, 5),
  ]);
});
afterAll(() => gateway.close());

async function overview(query: Record<string, string>, apiKey = gateway.apiKey): Promise<Overview> {
  const response = await get(query, apiKey);
  expect(response.status).toBe(200);
  return (await response.json()) as Overview;
}

const get = (query: Record<string, string>, apiKey: string) =>
  fetch(`${gateway.origin}/api/overview?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });

describe('GET /api/overview', () => {
  it('adds up a period, compares it with the one before and draws every day', async () => {
    const { totals, previous, series } = await overview({ client: gateway.clientId, ...TODAY });
    expect(totals).toMatchObject({
      requests: 50,
      outcomes: { answered: 40, failed: 10 },
      spend: { exactNanoUsd: 40 * 265_800, estimatedNanoUsd: 0, unknownCount: 10 },
      errors: { value: 0.2, count: 50 },
      quality: { value: 0.725, count: 40 },
    });
    expect(totals.saved.nanoUsd.value).toBe(4 * 40 * 265_800);
    expect(totals.latency.p95.interval).toBeDefined();
    expect(totals.approval).toEqual({ count: 0 });
    expect(previous).toMatchObject({ to: TODAY.from, totals: { requests: 20 } });
    // Too few for an interval, and said so by having none.
    expect(previous?.totals.quality).toEqual({ value: 0.725, count: 20 });
    expect(series.map(({ day, requests }) => [day, requests])).toEqual([[TODAY.from, 50]]);
  });

  it('breaks it down by model, domain, task, policy, key, tag and client', async () => {
    const rowsBy = async (by: string) =>
      (await overview({ client: gateway.clientId, ...TODAY, by })).rows.map((row) => [row.key, row.requests]);
    expect(await rowsBy('model')).toEqual([['provider-0/some-model-of-the-year-0', 50]]);
    expect(await rowsBy('domain')).toEqual([
      ['customer-support', 40],
      ['legal', 10],
    ]);
    expect(await rowsBy('task')).toEqual([['', 50]]);
    expect(await rowsBy('policy')).toEqual([['default', 50]]);
    expect(await rowsBy('key')).toEqual([['key_0199f3a2b4c57d8e9f0a1b2c3d4e5f61', 50]]);
    expect(await rowsBy('tag')).toEqual([['team=sales', 40]]);
    expect(await rowsBy('client')).toEqual([[gateway.clientId, 50]]);
  });

  it('shows all clients together, by name, to those who see all', async () => {
    const { totals, rows } = await overview({ ...TODAY, by: 'client' });
    expect(totals.requests).toBe(55);
    expect(rows.map(({ name, requests }) => [name, requests])).toEqual([
      ['acme', 50],
      ['other', 5],
    ]);
  });

  it("shows a client's people their own client only; another's does not exist for them", async () => {
    expect((await overview(TODAY, other.apiKey)).totals.requests).toBe(5);
    for (const by of ['client', 'key', 'tag', 'model']) {
      const { rows } = await overview({ ...TODAY, by }, other.apiKey);
      expect(rows.reduce((sum, row) => sum + row.requests, 0)).toBe(by === 'tag' ? 0 : 5);
    }
    expect((await get({ ...TODAY, client: gateway.clientId }, other.apiKey)).status).toBe(404);
    expect((await get({ ...TODAY, client: 'acme' }, other.apiKey)).status).toBe(404);
  });

  it('includes what people said', async () => {
    const { feedback } = gateway.deps.repositories;
    await feedback.add({ decision_id: sampleDecision(NOON).id, thumb: 'up' }, gateway.clientId);
    await feedback.add({ decision_id: sampleDecision(NOON).id, score: 0.2 }, gateway.clientId);
    await feedback.add({ decision_id: sampleDecision(NOON).id, comment: 'no score' }, gateway.clientId);
    const { totals } = await overview({ client: gateway.clientId, ...TODAY });
    expect(totals.approval).toEqual({ value: 0.5, count: 2 });
  });

  it('refuses a period that ends before it begins', async () => {
    const response = await get({ from: '2026-02-02', to: '2026-02-01' }, gateway.apiKey);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('-1 days');
  });

  it('counts a request that went through the router, with its bar and its facts', async () => {
    const response = await fetch(`${gateway.baseURL}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'What is the capital of France?' }] }),
    });
    expect(response.status).toBe(200);
    const today = { from: utcDay(Date.now()), to: utcDay(Date.now() + DAY_MS), by: 'key' };
    const written = async () => {
      const { rows } = await overview(today, other.apiKey);
      const ofKey = rows.find(({ key }) => key === other.keyId);
      expect(ofKey).toMatchObject({ name: 'key', requests: 1, quality: { count: 1 }, undersized: { count: 1 } });
    };
    await vi.waitFor(written, { timeout: 5000 });
    const { decisions } = await gateway.deps.repositories.decisions.list({ clientId: other.clientId, limit: 10 });
    const bars = decisions.filter(({ keyId }) => keyId === other.keyId).map(({ bar }) => bar);
    expect(bars).toEqual([{ minScores: { overall: 0.7 }, risk: 0.15, minShareOfBest: undefined }]);
  });
});
