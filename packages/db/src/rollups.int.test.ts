import type { Decision } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latencyQuantile } from './rollups/latency-histogram.ts';
import { arbitraryDecision } from './testing/arbitrary-decision.ts';
import { sampleDecision } from './testing/sample-decision.ts';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();
const NOON = Date.UTC(2026, 10, 21, 12);
const MIDNIGHT = Date.UTC(2026, 10, 22);
const DAY = { from: '2026-11-21', to: '2026-11-22' };

const anyDecision = arbitraryDecision(NOON, MIDNIGHT - 1);

describe('roll-ups', () => {
  it('agree exactly with a recount, whatever was written, in whatever batches, by two writers at once', async () => {
    const { decisions, rollups } = test.repositories();
    const batches = fc.array(fc.array(anyDecision, { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        await Promise.all(all.map((batch) => decisions.insertBatch(batch)));
        expect(await rollups.recount(DAY.from)).toEqual({ differences: 0 });
      }),
      { numRuns: 15 },
    );
  });

  it('count a decision once when it is written twice', async () => {
    const { decisions, rollups } = test.repositories();
    const clientId = 'cli_twice';
    const batch = [sampleDecision(NOON, { clientId }), sampleDecision(NOON, { clientId })];
    await Promise.all([decisions.insertBatch(batch), decisions.insertBatch(batch.toReversed())]);
    expect((await rollups.sums({ ...DAY, clientId, by: [] }))[0]?.requests).toBe(2);
  });

  it('hold the sums of what is known, and count what is not apart', async () => {
    const { decisions, rollups } = test.repositories();
    const clientId = 'cli_sums';
    await decisions.insertBatch([
      sampleDecision(NOON, { clientId }),
      sampleDecision(NOON, {
        clientId,
        outcome: 'failed',
        cost: { status: 'unknown', why: 'no usage' },
        candidates: [],
      }),
      sampleDecision(NOON, { clientId, outcome: 'cached', cost: { status: 'exact', nanoUsd: 0 } }),
    ]);
    const [sums] = await rollups.sums({ ...DAY, clientId, by: [] });
    // Of the sample the fifth candidate is the strongest and costs five times the served first one.
    expect(sums).toMatchObject({
      requests: 3,
      answered: 1,
      costNanoUsd: 265_800,
      unknownCostCount: 1,
      qualityCount: 1,
      qualitySumPpm: 725_000,
      qualityVarianceSumPpm: 3906.25,
      barCount: 1,
      oversizedSumPpm: 0,
      undersizedSumPpm: 0,
      strongestCount: 1,
      strongestCostNanoUsd: 5 * 265_800,
      strongestPaidNanoUsd: 265_800,
      latencyCount: 1,
      latencySumUs: 1_893_500,
      firstTokenSumUs: 315_500,
    });
  });

  it('add up to the same total by whatever they are grouped, for one client as for all', async () => {
    const { decisions, rollups } = test.repositories();
    await decisions.insertBatch(fc.sample(anyDecision, { numRuns: 60, seed: 7 }));
    for (const clientId of [undefined, 'cli_one']) {
      const [total] = await rollups.sums({ ...DAY, clientId, by: [] });
      for (const by of ['day', 'client', 'policy', 'key', 'model', 'domain', 'task'] as const) {
        const rows = await rollups.sums({ ...DAY, clientId, by: [by] });
        expect([by, rows.reduce((sum, row) => sum + row.requests, 0)]).toEqual([by, total?.requests]);
        expect([by, rows.reduce((sum, row) => sum + row.costNanoUsd, 0)]).toEqual([by, total?.costNanoUsd]);
      }
      for (const by of [undefined, 'domain', 'task'] as const) {
        const models = await rollups.modelSums({ ...DAY, clientId, by });
        for (const name of ['requests', 'costNanoUsd', 'qualityCount', 'qualitySumPpm', 'estimatedCostCount'] as const)
          expect([name, models.reduce((sum, model) => sum + model[name], 0)]).toEqual([name, total?.[name]]);
        const variance = models.reduce((sum, model) => sum + model.qualityVarianceSumPpm, 0);
        expect(variance).toBeCloseTo(total?.qualityVarianceSumPpm ?? Number.NaN, 6);
      }
    }
  });

  it('count at most a hundred tags of a client and day apart, and the rest together', async () => {
    const { decisions, rollups } = test.repositories();
    const clientId = 'cli_tags';
    const tagged = (from: number): Decision[] =>
      Array.from({ length: 80 }, (_, index) =>
        sampleDecision(NOON, { clientId, tags: { user: String(from + index), also: 'x' } }),
      );
    await Promise.all([decisions.insertBatch(tagged(0)), decisions.insertBatch(tagged(60))]);
    await decisions.insertBatch(tagged(120));
    const rows = await rollups.sums({ ...DAY, clientId, by: ['tag'] });
    expect(rows).toHaveLength(101);
    expect(rows.find(({ key }) => key.tag === 'also=x')?.requests).toBe(240);
    const users = rows.filter(({ key }) => key.tag !== 'also=x');
    expect(users.reduce((sum, row) => sum + row.requests, 0)).toBe(240);
    expect(await rollups.recount(DAY.from)).toEqual({ differences: 0 });
  });

  it('tell the quantiles of latency to within a bucket', async () => {
    const { decisions, rollups } = test.repositories();
    const clientId = 'cli_slow';
    const batch = Array.from({ length: 100 }, (_, index) =>
      sampleDecision(NOON, {
        clientId,
        latency: { totalMs: (index + 1) * 100, overheadMs: 1, firstTokenMs: index + 1 },
      }),
    );
    await decisions.insertBatch(batch);
    const [row] = await rollups.latencies({ ...DAY, clientId, by: [] });
    const p95 = latencyQuantile(row?.replies ?? [], 0.95) ?? Number.NaN;
    expect(Math.abs(p95 / 9500 - 1)).toBeLessThan(0.045);
    const firstToken = latencyQuantile(row?.firstTokens ?? [], 0.5) ?? Number.NaN;
    expect(Math.abs(firstToken / 50 - 1)).toBeLessThan(0.045);
    expect(await rollups.latencies({ from: '2001-01-01', to: '2001-01-02', by: [] })).toEqual([]);
  });

  it('are mended by a recount that repairs', async () => {
    const { decisions, rollups } = test.repositories();
    await decisions.insertBatch([sampleDecision(NOON, { clientId: 'cli_mend' })]);
    const { pool } = test.get().database;
    await pool.query(
      `update decision_rollups set answered = answered + 1 where client_id = 'cli_mend' and facet = 'key'`,
    );
    await pool.query(`delete from latency_rollups where client_id = 'cli_mend'`);
    expect((await rollups.recount(DAY.from, { repair: true })).differences).toBe(4);
    expect(await rollups.recount(DAY.from)).toEqual({ differences: 0 });
  });

  it('refuse to be grouped by what is not kept together', async () => {
    const { rollups } = test.repositories();
    await expect(rollups.sums({ ...DAY, by: ['key', 'model'] })).rejects.toThrow(/key and model together/);
  });
});
