import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateGovernor } from './rate-governor.ts';

const size = { inputTokens: 100, outputTokens: 50 };
const never = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A provider with a token bucket of its own: refuses what is over it, and tells what is left. */
function provider(perMinute: number, { headers = true, retryAfterMs = 2000 as number | undefined } = {}) {
  let [level, atMs] = [perMinute, Date.now()];
  const seen = { answered: 0, refused: 0 };
  const call = async (governor: RateGovernor, latencyMs: number): Promise<void> => {
    for (;;) {
      const permit = await governor.acquire(size, never);
      level = Math.min(perMinute, level + ((Date.now() - atMs) * perMinute) / 60_000);
      atMs = Date.now();
      const admitted = level >= 1;
      if (admitted) level -= 1;
      const remaining = Math.floor(level);
      await new Promise((resolve) => setTimeout(resolve, admitted ? latencyMs : 10));
      if (headers) permit.observe([{ unit: 'requests', limit: perMinute, remaining, resetMs: undefined }]);
      if (admitted) {
        seen.answered += 1;
        permit.end({ kind: 'answered' });
        return;
      }
      seen.refused += 1;
      permit.end({ kind: 'rate-limited', retryAfterMs });
    }
  };
  return { call, seen };
}

describe('calls to a provider that limits its rate', () => {
  it('come close to the limit that its headers tell, and are hardly ever refused', async () => {
    const governor = new RateGovernor({ now: Date.now });
    const { call, seen } = provider(600);
    const startedAtMs = Date.now();
    const all = Promise.all(Array.from({ length: 1800 }, () => call(governor, 1500)));
    await vi.advanceTimersByTimeAsync(600_000);
    await all;
    expect(seen.answered).toBe(1800);
    // 600 at once from a full bucket, the other 1,200 at ten a second.
    expect(seen.refused).toBeLessThan(18);
    expect(governor.describe()).toMatchObject({ running: 0, waiting: 0 });
    expect(Date.now() - startedAtMs).toBe(600_000);
  });

  it('take at most a tenth more time than the limit asks for', async () => {
    const governor = new RateGovernor({ now: Date.now });
    const { call } = provider(600);
    const startedAtMs = Date.now();
    let endedAtMs = 0;
    void Promise.all(Array.from({ length: 1800 }, () => call(governor, 1500))).then(() => {
      endedAtMs = Date.now();
    });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(endedAtMs - startedAtMs).toBeLessThan(1.1 * 120_000 + 1500);
  });

  it('pause for as long as a refusal says, all of them', async () => {
    const governor = new RateGovernor({ now: Date.now });
    const first = await governor.acquire(size, never);
    first.end({ kind: 'rate-limited', retryAfterMs: 45_000 });
    const starts: number[] = [];
    for (let call = 0; call < 3; call++) void governor.acquire(size, never).then(() => starts.push(Date.now()));
    await vi.advanceTimersByTimeAsync(44_000);
    expect(starts).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(starts.length).toBeGreaterThan(0);
    expect(starts[0]).toBe(1_045_000);
  });

  it('find a limit nobody tells of, and go on at about it', async () => {
    const governor = new RateGovernor({ now: Date.now });
    const { call, seen } = provider(600, { headers: false, retryAfterMs: undefined });
    void Promise.all(Array.from({ length: 2400 }, () => call(governor, 500)));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(seen.answered).toBe(2400);
    expect(seen.refused).toBeLessThan(480);
  });

  it('reckon in tokens where tokens are what is short', async () => {
    const governor = new RateGovernor({ now: Date.now });
    const first = await governor.acquire(size, never);
    first.observe([{ unit: 'tokens', limit: 6_000, remaining: 0, resetMs: 60_000 }]);
    first.end({ kind: 'answered' });
    let startedAtMs = 0;
    void governor.acquire(size, never).then(() => {
      startedAtMs = Date.now();
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(startedAtMs - 1_000_000).toBe(1_500);
  });

  it('leave the line when their run is cancelled', async () => {
    const governor = new RateGovernor({ now: Date.now, mostConcurrent: 1 });
    const running = await governor.acquire(size, never);
    const cancelled = new AbortController();
    const waiting = governor.acquire(size, cancelled.signal);
    cancelled.abort(new Error('the run was cancelled'));
    await expect(waiting).rejects.toThrow('the run was cancelled');
    running.end({ kind: 'answered' });
    expect(governor.describe()).toMatchObject({ running: 0, waiting: 0 });
  });
});
