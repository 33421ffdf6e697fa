import type { Attempt } from '@pointsman/contracts';
import { latencyQuantile } from '@pointsman/db';
import { describe, expect, it } from 'vitest';
import { ProviderCalls } from './provider-calls.ts';

const MINUTE_MS = 60_000;
const answered: Attempt = {
  modelId: 'acme/alpha',
  provider: 'acme',
  startedAtMs: 0,
  outcome: 'answered',
  cost: { status: 'exact', nanoUsd: 1 },
  totalMs: 100,
};
const failed: Attempt = { ...answered, outcome: 'failed', failure: 'transient', status: 500, message: 'overloaded' };

describe('calls to providers', () => {
  it('are counted apart by provider, outcome and kind of failure, the latest failure first', () => {
    let now = 0;
    const calls = new ProviderCalls(() => now);
    for (let n = 0; n < 9; n += 1) calls.observe(answered);
    calls.observe({ ...failed, failure: 'rate-limited' });
    now = 5 * MINUTE_MS;
    calls.observe(failed);
    calls.observe({ ...failed, message: 'still overloaded' });
    calls.observe({ ...answered, outcome: 'abandoned' });
    calls.observe({ ...failed, message: 'circuit open: too many calls failed' });
    const { failures, latencies, ...counts } = calls.tally('acme');
    expect(counts).toEqual({ answered: 9, failed: 3, abandoned: 1, heldBack: 1 });
    expect(failures).toEqual([
      {
        kind: 'transient',
        count: 2,
        lastAtMs: now,
        lastModelId: 'acme/alpha',
        lastStatus: 500,
        lastMessage: 'still overloaded',
      },
      expect.objectContaining({ kind: 'rate-limited', count: 1 }),
    ]);
    expect(latencyQuantile(latencies, 0.5)).toBeGreaterThan(95);
    expect(latencyQuantile(latencies, 0.5)).toBeLessThan(105);
    expect(calls.tally('other')).toMatchObject({ answered: 0, latencies: [] });
  });

  it('add up latencies of different minutes', () => {
    let now = 0;
    const calls = new ProviderCalls(() => now);
    for (const totalMs of [10, 10, 1000]) {
      now += MINUTE_MS;
      calls.observe({ ...answered, totalMs });
    }
    const { latencies } = calls.tally('acme');
    expect(latencies.map(({ count }) => count)).toEqual([2, 1]);
  });

  it('are forgotten after an hour', () => {
    let now = 30_000;
    const calls = new ProviderCalls(() => now);
    calls.observe(answered);
    now = 59 * MINUTE_MS;
    calls.observe(failed);
    expect(calls.tally('acme')).toMatchObject({ answered: 1, failed: 1 });
    now = 61 * MINUTE_MS;
    expect(calls.tally('acme')).toMatchObject({ answered: 0, failed: 1 });
    now = 121 * MINUTE_MS;
    expect(calls.tally('acme')).toMatchObject({ failed: 0, failures: [] });
  });
});
