import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairQueue, type QueuedPair } from './pair-queue.ts';

function drained(queue: PairQueue): QueuedPair[] {
  const next = queue.pop();
  return next === undefined ? [] : [next, ...drained(queue)];
}

describe('PairQueue', () => {
  it('gives the most frequent pair first and the smaller number first among equals', () => {
    const pairs = fc.array(fc.record({ pair: fc.nat(20), count: fc.nat(5) }), { maxLength: 60 });
    fc.assert(
      fc.property(pairs, (queued) => {
        const queue = new PairQueue();
        for (const entry of queued) queue.push(entry);
        expect(drained(queue)).toEqual(queued.toSorted((a, b) => b.count - a.count || a.pair - b.pair));
      }),
    );
  });

  it('takes new pairs between two pops', () => {
    const queue = new PairQueue();
    queue.push({ pair: 1, count: 5 });
    queue.push({ pair: 2, count: 3 });
    expect(queue.pop()).toEqual({ pair: 1, count: 5 });
    queue.push({ pair: 3, count: 4 });
    expect(drained(queue)).toEqual([
      { pair: 3, count: 4 },
      { pair: 2, count: 3 },
    ]);
  });
});
