import type { NodeBeat } from '@pointsman/db';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepNode } from './keep-node.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function world(beat: (node: NodeBeat) => Promise<void> = async () => undefined) {
  const beats: NodeBeat[] = [];
  const left: string[] = [];
  const errors: unknown[] = [];
  const kept = keepNode({
    nodes: {
      beat: async (node) => {
        beats.push(node);
        await beat(node);
      },
      leave: async (id) => {
        left.push(id);
      },
    },
    id: 'n1',
    kind: 'worker',
    startedAt: '2026-11-21T00:00:00.000Z',
    memory: () => ({ rss: 10, heapUsed: 5 }),
    facts: () => ({ runs: ['run_1'] }),
    onError: (error) => errors.push(error),
  });
  return { kept, beats, left, errors };
}

describe('a node', () => {
  it('says at once that it lives, then every ten seconds, with what it knows of itself', async () => {
    const { kept, beats } = world();
    expect(beats).toMatchObject([{ id: 'n1', facts: { rssBytes: 10, heapUsedBytes: 5, runs: ['run_1'] } }]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(beats).toHaveLength(3);
    await kept.stop();
  });

  it('leaves when it stops, and is silent from then on', async () => {
    const { kept, beats, left } = world();
    await kept.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(left).toEqual(['n1']);
    expect(beats).toHaveLength(1);
  });

  it('goes on when a beat fails', async () => {
    const { kept, beats, errors } = world(() => Promise.reject(new Error('away')));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(beats).toHaveLength(2);
    expect(errors).toHaveLength(2);
    await kept.stop();
  });
});
