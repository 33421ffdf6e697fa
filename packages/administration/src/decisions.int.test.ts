import { type Decision, decisionSchema } from '@pointsman/contracts';
import { repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from './clients.ts';
import { listDecisions, showDecision, usageReport } from './decisions.ts';

let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
let acme: string;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
  acme = (await createClient(storage, { name: 'acme' })).id;
  const other = (await createClient(storage, { name: 'other' })).id;
  await storage.decisions.insertBatch([
    decision({ minute: 1, clientId: acme, nanoUsd: 1_000 }),
    decision({ minute: 2, clientId: acme, nanoUsd: undefined }),
    decision({ minute: 3, clientId: other, nanoUsd: 5 }),
  ]);
});
afterAll(() => drop());

describe('decisions', () => {
  it('are listed newest first, by client name, page by page', async () => {
    const all = await listDecisions(storage);
    expect(all.decisions.map(({ at }) => at.slice(14, 16))).toEqual(['03', '02', '01']);
    const page = await listDecisions(storage, { client: 'acme', limit: 1 });
    const rest = await listDecisions(storage, { client: 'acme', limit: 5, before: page.next });
    expect([...page.decisions, ...rest.decisions].map(({ at }) => at.slice(14, 16))).toEqual(['02', '01']);
  });

  it('are filtered by days as well as by instants', async () => {
    const of = async (from: string, to: string) => (await listDecisions(storage, { from, to })).decisions.length;
    expect(await of('2026-11-20', '2026-11-21')).toBe(3);
    expect(await of('2026-11-19', '2026-11-20')).toBe(0);
    expect(await of('2026-11-20T12:02:00Z', '2026-11-20T12:03:00Z')).toBe(1);
  });

  it('refuse filters that mean nothing', async () => {
    await expect(listDecisions(storage, { reason: 'because' })).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'reason',
    });
    await expect(listDecisions(storage, { from: 'yesterday' })).rejects.toMatchObject({ param: 'from' });
    await expect(listDecisions(storage, { limit: 0 })).rejects.toMatchObject({ param: 'limit' });
  });

  it('are shown in full, or said to be unknown', async () => {
    const [newest] = (await listDecisions(storage)).decisions;
    expect(await showDecision(storage, { id: newest?.id ?? '' })).toEqual(newest);
    await expect(showDecision(storage, { id: 'dec_none' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('usageReport', () => {
  const range = { from: '2026-11-20', to: '2026-11-21' };

  it('sums what is known and counts what is not', async () => {
    const [row, ...others] = await usageReport(storage, { ...range, client: 'acme' });
    expect(others).toEqual([]);
    expect(row).toMatchObject({ key: { day: '2026-11-20' }, requests: 2, costNanoUsd: 1_000, unknownCostCount: 1 });
  });

  it('groups as asked', async () => {
    const rows = await usageReport(storage, { ...range, by: ['client'] });
    expect(rows.find(({ key }) => key.client === acme)?.requests).toBe(2);
    expect(rows.reduce((sum, row) => sum + row.requests, 0)).toBe(3);
  });

  it('refuses a range that ends before it begins and an unknown grouping', async () => {
    await expect(usageReport(storage, { from: range.to, to: range.from })).rejects.toMatchObject({ param: 'from' });
    await expect(usageReport(storage, { ...range, by: ['colour'] })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

function decision({
  minute,
  clientId,
  nanoUsd,
}: {
  minute: number;
  clientId: string;
  nanoUsd: number | undefined;
}): Decision {
  const at = new Date(Date.UTC(2026, 10, 20, 12, minute));
  const time = at.getTime().toString(16).padStart(12, '0');
  return decisionSchema.parse({
    id: `dec_${time}7000800000000000000${minute}`,
    at: at.toISOString(),
    clientId,
    keyId: 'key_1',
    endpoint: 'chat.completions',
    outcome: 'answered',
    requestedModel: 'auto',
    policy: 'default',
    arm: 'main',
    choiceProbability: 1,
    routerVersion: 'r1',
    catalogVersion: 'c1',
    reason: 'cheapest-safe',
    modelId: 'openai/gpt-4o',
    provider: 'openai',
    emulated: true,
    stream: false,
    cache: 'off',
    candidates: [],
    attempts: [],
    usage: { inputTokens: 10, outputTokens: 5 },
    cost: nanoUsd === undefined ? { status: 'unknown', why: 'no price' } : { status: 'exact', nanoUsd },
    latency: { totalMs: 10, overheadMs: 1 },
    ignored: [],
  });
}
