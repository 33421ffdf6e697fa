import { describe, expect, it } from 'vitest';
import { sampleDecision } from '../testing/sample-decision.ts';
import { useTestDatabase } from '../testing/use-test-database.ts';

const test = useTestDatabase();
const MIDNIGHT = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;
const DAY = { fromMs: MIDNIGHT, toMs: MIDNIGHT + DAY_MS };

describe('a sample of decisions', () => {
  it('holds about the share asked for of one client and policy, is the same again, and all of them for a share of 1', async () => {
    const { decisions } = test.repositories();
    const clientId = 'cli_sampled';
    const every = 2_000;
    const at = (index: number) => MIDNIGHT + Math.floor((index * DAY_MS) / every);
    await decisions.insertBatch(Array.from({ length: every }, (_, index) => sampleDecision(at(index), { clientId })));
    await decisions.insertBatch([
      sampleDecision(MIDNIGHT + 1, { clientId, policy: 'other' }),
      sampleDecision(MIDNIGHT + 1, { clientId: 'cli_elsewhere' }),
      sampleDecision(MIDNIGHT + DAY_MS, { clientId }),
    ]);
    const sample = (share: number) => decisions.sample({ clientId, policy: 'default', ...DAY, share });
    const all = await sample(1);
    expect(all).toHaveLength(every);
    const tenth = await sample(0.1);
    expect(tenth.length).toBeGreaterThan(170);
    expect(tenth.length).toBeLessThan(230);
    expect(new Set(tenth.map(({ id }) => id)).size).toBe(tenth.length);
    expect(await sample(0.1)).toEqual(tenth);
    expect(tenth.every((decision) => decision.clientId === clientId && decision.policy === 'default')).toBe(true);
  });
});
