import type { Decision } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryDecision } from '../testing/arbitrary-decision.ts';
import { sampleDecision, sampleDecisionId } from '../testing/sample-decision.ts';
import { useTestDatabase } from '../testing/use-test-database.ts';

const test = useTestDatabase();
const NOON = Date.UTC(2026, 10, 21, 12);
const DAY_MS = 86_400_000;

const ids = (decisions: readonly Decision[]): string[] => decisions.map(({ id }) => id);

describe('inserting decisions', () => {
  it('keeps everything about them', async () => {
    const { decisions } = test.repositories();
    const batches = fc.array(arbitraryDecision(NOON, NOON + DAY_MS), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(batches, async (batch) => {
        expect(await decisions.insertBatch(batch)).toEqual({ inserted: batch.length, rejected: [] });
        for (const decision of batch) expect(await decisions.get(decision.id)).toEqual(decision);
      }),
      { numRuns: 25 },
    );
  });

  it('is harmless to repeat, whole, in part or twice in one batch', async () => {
    const { decisions, budgets } = test.repositories();
    const clientId = 'cli_repeat';
    const batch = Array.from({ length: 10 }, (_, index) => sampleDecision(NOON + index, { clientId }));
    expect(await decisions.insertBatch([...batch.slice(0, 4), ...batch.slice(0, 4)])).toMatchObject({ inserted: 4 });
    expect(await decisions.insertBatch(batch)).toMatchObject({ inserted: 6 });
    expect(await decisions.insertBatch(batch)).toMatchObject({ inserted: 0, rejected: [] });
    expect((await budgets.status(clientId, NOON)).day.spentNanoUsd).toBe(10 * 265_800);
    const [total] = await decisions.usage({ clientId, from: '2026-11-21', to: '2026-11-22', by: [] });
    expect(total?.requests).toBe(10);
  });

  it('counts once when several gateways replay the same records at once', async () => {
    const { decisions, budgets } = test.repositories();
    const clientId = 'cli_storm';
    const batch = Array.from({ length: 50 }, (_, index) => sampleDecision(NOON + index, { clientId }));
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, turn) => decisions.insertBatch(turn % 2 === 0 ? batch : batch.toReversed())),
    );
    expect(results.reduce((total, { inserted }) => total + inserted, 0)).toBe(50);
    expect((await budgets.status(clientId, NOON)).month.spentNanoUsd).toBe(50 * 265_800);
  });

  it('works for any day', async () => {
    const { decisions, partitions } = test.repositories();
    const days = [Date.UTC(1999, 11, 31, 23, 59, 59, 999), Date.UTC(2024, 1, 29), Date.UTC(2031, 5, 1)];
    const batch = days.map((at) => sampleDecision(at));
    expect(await decisions.insertBatch(batch)).toMatchObject({ inserted: 3 });
    const stored = (await partitions.list()).map(({ name }) => name);
    for (const name of ['decisions_19991231', 'decisions_20240229', 'decisions_20310601'])
      expect(stored).toContain(name);
  });

  it('takes a risk too small for its column as none', async () => {
    const { decisions } = test.repositories();
    const candidates = [1e-91, 1e-30, 0.25].map((risk, index) => ({ modelId: `a/${index}`, risk }));
    const decision = sampleDecision(NOON, { candidates });
    expect(await decisions.insertBatch([decision])).toEqual({ inserted: 1, rejected: [] });
    const stored = await decisions.get(decision.id);
    expect(stored?.candidates.map(({ risk }) => risk)).toEqual([0, 1e-30, 0.25]);
  });

  it('stores the rest when one record can never be stored', async () => {
    const { decisions } = test.repositories();
    const good = Array.from({ length: 5 }, (_, index) => sampleDecision(NOON + index));
    const malformed = sampleDecision(NOON, { id: 'dec_short' });
    const impossible = sampleDecision(NOON, { latency: { totalMs: Number.NaN, overheadMs: 1 } });
    const batch = [...good.slice(0, 3), malformed, impossible, ...good.slice(3)];
    const result = await decisions.insertBatch(batch);
    expect(result.inserted).toBe(5);
    expect(result.rejected.map(({ id }) => id).sort()).toEqual([malformed.id, impossible.id].sort());
    expect(result.rejected.every(({ message }) => message.length > 0)).toBe(true);
  });

  it('survives text that PostgreSQL cannot hold', async () => {
    const { decisions } = test.repositories();
    const decision = sampleDecision(NOON, { requestedModel: 'a\u0000b', tags: { 'k\u0000': '\ud800' } });
    expect(await decisions.insertBatch([decision])).toMatchObject({ inserted: 1 });
    expect(await decisions.get(decision.id)).toMatchObject({
      requestedModel: 'a\ufffdb',
      tags: { 'k\ufffd': '\ufffd' },
    });
  });

  it('does nothing for an empty batch', async () => {
    expect(await test.repositories().decisions.insertBatch([])).toEqual({ inserted: 0, rejected: [] });
  });
});

describe('getting a decision', () => {
  it('finds one whose id was made on another day than its time says', async () => {
    const { decisions } = test.repositories();
    const decision = sampleDecision(NOON, { id: sampleDecisionId(NOON - 400 * DAY_MS) });
    await decisions.insertBatch([decision]);
    expect((await decisions.get(decision.id))?.at).toBe(decision.at);
  });

  it('does not find the decision of another client', async () => {
    const { decisions } = test.repositories();
    const decision = sampleDecision(NOON);
    await decisions.insertBatch([decision]);
    expect(await decisions.get(decision.id, decision.clientId)).toBeDefined();
    expect(await decisions.get(decision.id, 'cli_other')).toBeUndefined();
    expect(await decisions.get('nonsense')).toBeUndefined();
  });

  it('reads one partition only', async () => {
    const { decisions, partitions } = test.repositories();
    await partitions.ensure('2026-11-01', 30);
    const decision = sampleDecision(NOON);
    await decisions.insertBatch([decision]);
    const { rows } = await test.get().database.pool.query<{ 'QUERY PLAN': string }>(
      `explain select * from decisions where client_id = '${decision.clientId}'
       and at >= '2026-11-21T00:00Z' and at < '2026-11-22T00:00Z'`,
    );
    expect(rows.filter((row) => /Scan.* on decisions_/.test(row['QUERY PLAN']))).toHaveLength(1);
  });
});

describe('listing decisions', () => {
  it('pages through all of them, newest first, without gaps or repeats', async () => {
    const { decisions } = test.repositories();
    const clientId = 'cli_pages';
    // Several in one millisecond, over midnight.
    const batch = Array.from({ length: 25 }, (_, index) =>
      sampleDecision(NOON + DAY_MS / 2 - 3 + Math.floor(index / 4), { clientId }),
    );
    await decisions.insertBatch(batch);
    const seen: Decision[] = [];
    let before: string | undefined;
    do {
      const page = await decisions.list({ clientId, limit: 7, before });
      seen.push(...page.decisions);
      before = page.next;
    } while (before !== undefined);
    const newestFirst = (a: Decision, b: Decision) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id);
    expect(ids(seen)).toEqual(ids(batch.toSorted(newestFirst)));
  });

  it('has no next page when the last one is full', async () => {
    const { decisions } = test.repositories();
    const clientId = 'cli_full';
    await decisions.insertBatch([sampleDecision(NOON, { clientId }), sampleDecision(NOON, { clientId })]);
    expect(await decisions.list({ clientId, limit: 2 })).toMatchObject({ next: undefined });
  });

  it('filters by model, reason, outcome and time', async () => {
    const { decisions } = test.repositories();
    const clientId = 'cli_filter';
    const cached = sampleDecision(NOON, { clientId, outcome: 'cached', reason: 'cache-hit' });
    const other = sampleDecision(NOON + 1, { clientId, modelId: 'b/other' });
    const late = sampleDecision(NOON + 2, { clientId, reason: 'fallback' });
    await decisions.insertBatch([cached, other, late]);
    const found = async (filter: object) => ids((await decisions.list({ clientId, limit: 10, ...filter })).decisions);
    expect(await found({ outcome: 'cached' })).toEqual([cached.id]);
    expect(await found({ model: 'b/other' })).toEqual([other.id]);
    expect(await found({ reason: 'fallback' })).toEqual([late.id]);
    expect(await found({ from: other.at })).toEqual([late.id, other.id]);
    expect(await found({ from: cached.at, to: late.at })).toEqual([other.id, cached.id]);
  });

  it('refuses a cursor that is none', async () => {
    const listing = test.repositories().decisions.list({ limit: 1, before: 'yesterday' });
    await expect(listing).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
