import type { ChatRequest, Decision } from '@pointsman/contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DrawnRequest } from '../pipeline/pipeline-dependencies.ts';
import { openSampling } from './open-sampling.ts';
import { createSampleRecorder } from './sample-recorder.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const drawn = (id: string, content = 'Yes.'): DrawnRequest => ({
  decision: { id, clientId: 'cli_1', at: '2026-11-20T12:00:00.000Z', modelId: 'openai/gpt-4.1' } as Decision,
  request: { model: 'auto', messages: [{ role: 'user', content: 'May I?' }] } as ChatRequest,
  retentionDays: 30,
  completion: () => JSON.stringify({ choices: [{ message: { content } }] }),
});

describe('the recorder of samples', () => {
  test('looks at a request after it was offered, and writes in batches and in order', async () => {
    const batches: string[][] = [];
    const recorder = createSampleRecorder({
      write: async (batch) => void batches.push(batch.map(({ decisionId }) => decisionId)),
      onError: expect.fail,
    });
    const looked = vi.fn(drawn('a').completion);
    recorder.offer({ ...drawn('a'), completion: looked });
    expect(looked).not.toHaveBeenCalled();
    recorder.offer(drawn('b'));
    await vi.advanceTimersByTimeAsync(2_001);
    expect(batches).toEqual([['a', 'b']]);
    recorder.offer(drawn('c'));
    recorder.offer(drawn('no text', ''));
    await recorder.close();
    await recorder.close();
    expect(batches).toEqual([['a', 'b'], ['c']]);
    expect(recorder.stats()).toEqual({ stored: 3, skipped: 1, dropped: 0 });
  });

  test('drops what the database does not take, counts it, and goes on', async () => {
    const errors: unknown[] = [];
    let isAway = true;
    const recorder = createSampleRecorder({
      write: async () => {
        if (isAway) throw new Error('away');
      },
      onError: (error) => errors.push(error),
    });
    recorder.offer(drawn('lost'));
    await recorder.flush();
    isAway = false;
    recorder.offer(drawn('kept'));
    await recorder.close();
    expect([errors.length, recorder.stats()]).toEqual([1, { stored: 1, skipped: 0, dropped: 1 }]);
  });

  test('holds a bounded number while the database is slow', async () => {
    const release: (() => void)[] = [];
    const recorder = createSampleRecorder({
      write: () => new Promise<void>((resolve) => void release.push(resolve)),
      onError: expect.fail,
    });
    for (let n = 0; n < 400; n += 1) recorder.offer(drawn(`${n}`));
    void recorder.flush();
    for (let n = 0; n < 400; n += 1) recorder.offer(drawn(`more ${n}`));
    expect(recorder.stats().dropped).toBe(300);
    await vi.advanceTimersByTimeAsync(0);
    release.shift()?.();
    const closed = recorder.close();
    await vi.advanceTimersByTimeAsync(0);
    release.shift()?.();
    await closed;
    expect(recorder.stats().stored).toBe(500);
  });

  test('holds a bounded length', async () => {
    const long = createSampleRecorder({ write: async () => undefined, onError: expect.fail });
    const content = 'long '.repeat(19_800);
    for (let n = 0; n < 100; n += 1) long.offer(drawn(`${n}`, content));
    await long.flush();
    expect(long.stats()).toEqual({ stored: 80, skipped: 0, dropped: 20 });
  });
});

describe('sampling', () => {
  test('erases what is past its time when it opens and every hour, until it closes', async () => {
    const purged: number[] = [];
    const sampling = openSampling({
      samples: {
        add: async () => undefined,
        purge: async (now) => {
          purged.push(now);
          return 0;
        },
      },
      now: () => 7,
      onLost: expect.fail,
      onPurgeError: expect.fail,
    });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(purged).toEqual([7, 7]);
    await sampling.close();
    await vi.advanceTimersByTimeAsync(7_200_000);
    expect(purged).toHaveLength(2);
  });
});
