import type { ShadowDecision } from '@pointsman/db';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createShadowRecorder } from './shadow-recorder.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const comparison = (decisionId: string) => ({ decisionId }) as ShadowDecision;

describe('the recorder of comparisons', () => {
  test('writes in batches, in order, and what is left when it closes', async () => {
    const batches: string[][] = [];
    const recorder = createShadowRecorder({
      write: async (batch) => void batches.push(batch.map(({ decisionId }) => decisionId)),
      onError: expect.fail,
    });
    recorder.record(comparison('a'));
    recorder.record(comparison('b'));
    await vi.advanceTimersByTimeAsync(2_000);
    recorder.record(comparison('c'));
    await recorder.close();
    await recorder.close();
    expect(batches).toEqual([['a', 'b'], ['c']]);
  });

  test('drops what the database does not take, says so, and goes on', async () => {
    const errors: unknown[] = [];
    const written: number[] = [];
    let isAway = true;
    const recorder = createShadowRecorder({
      write: async (batch) => {
        if (isAway) throw new Error('away');
        written.push(batch.length);
      },
      onError: (error) => errors.push(error),
    });
    recorder.record(comparison('lost'));
    await vi.advanceTimersByTimeAsync(2_000);
    isAway = false;
    recorder.record(comparison('kept'));
    await recorder.close();
    expect([errors.length, written]).toEqual([1, [1]]);
  });

  test('keeps a bounded number in memory', async () => {
    const written: number[] = [];
    const recorder = createShadowRecorder({
      write: async (batch) => void written.push(batch.length),
      onError: expect.fail,
    });
    for (let n = 0; n < 5_000; n += 1) recorder.record(comparison(`${n}`));
    await recorder.close();
    expect(written).toEqual([1_000]);
  });
});
