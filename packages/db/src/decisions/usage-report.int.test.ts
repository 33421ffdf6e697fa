import type { Decision } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryDecision } from '../testing/arbitrary-decision.ts';
import { sampleDecision } from '../testing/sample-decision.ts';
import { useTestDatabase } from '../testing/use-test-database.ts';
import type { UsageKey } from './usage-report.ts';

const test = useTestDatabase();
const FROM = Date.UTC(2026, 10, 20);
const TO = Date.UTC(2026, 10, 24) - 1;

const sum = (decisions: readonly Decision[], value: (decision: Decision) => number | undefined): number =>
  decisions.reduce((total, decision) => total + (value(decision) ?? 0), 0);
const keyOf: Record<UsageKey, (decision: Decision) => string | undefined> = {
  day: ({ at }) => at.slice(0, 10),
  model: ({ modelId }) => modelId,
  domain: ({ domain }) => domain,
  client: ({ clientId }) => clientId,
  policy: ({ policy }) => policy,
};

describe('usage', () => {
  it('equals the sums over the decisions, by any set of keys', async () => {
    const { decisions } = test.repositories();
    const all: Decision[] = [];
    const batches = fc.array(arbitraryDecision(FROM, TO), { minLength: 1, maxLength: 30 });
    const keys = fc.subarray<UsageKey>(['day', 'model', 'domain', 'client', 'policy']);
    await fc.assert(
      fc.asyncProperty(batches, keys, async (batch, by) => {
        all.push(...batch);
        await decisions.insertBatch(batch);
        await decisions.insertBatch(batch.slice(0, 5));
        const rows = await decisions.usage({ from: '2026-11-20', to: '2026-11-24', by });
        expect(rows.reduce((total, { requests }) => total + requests, 0)).toBe(all.length);
        for (const row of rows) {
          const counted = all.filter((decision) => by.every((key) => keyOf[key](decision) === row.key[key]));
          expect(row.requests).toBe(counted.length);
          expect(row.outcomes.refused).toBe(counted.filter(({ outcome }) => outcome === 'refused').length);
          expect(row.tokens.input).toBe(sum(counted, ({ usage }) => usage.inputTokens));
          expect(row.tokens.reasoning).toBe(sum(counted, ({ usage }) => usage.reasoningTokens));
          const known = sum(counted, ({ cost }) => (cost.status === 'unknown' ? 0 : cost.nanoUsd));
          const estimated = sum(counted, ({ cost }) => (cost.status === 'estimated' ? cost.nanoUsd : 0));
          expect(row.costNanoUsd).toBe(known);
          expect(row.estimatedCostShare).toBe(known === 0 ? undefined : estimated / known);
          expect(row.unknownCostCount).toBe(counted.filter(({ cost }) => cost.status === 'unknown').length);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('of nothing is no row by key, and a total of no requests with no share', async () => {
    const { decisions } = test.repositories();
    const query = { clientId: 'cli_silent', from: '2026-11-01', to: '2026-12-01' };
    expect(await decisions.usage({ ...query, by: ['day'] })).toEqual([]);
    expect(await decisions.usage({ ...query, by: [] })).toMatchObject([{ requests: 0, estimatedCostShare: undefined }]);
  });

  it('covers days from the first to before the last, of one client when asked', async () => {
    const { decisions } = test.repositories();
    const clientId = 'cli_days';
    const at = [1, 2, 3].map((day) => Date.UTC(2027, 0, day));
    await decisions.insertBatch(at.map((ms) => sampleDecision(ms, { clientId })));
    const rows = await decisions.usage({ clientId, from: '2027-01-01', to: '2027-01-03', by: ['day', 'client'] });
    expect(rows.map(({ key }) => key)).toEqual([
      { day: '2027-01-01', client: clientId },
      { day: '2027-01-02', client: clientId },
    ]);
  });
});
