import type { AnnotationItem } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { EMPTY_QUEUE, endFirst, putBack, take } from './work-queue.ts';

const item = (id: string, revision?: number): AnnotationItem => ({
  id,
  batchId: 'b',
  messages: [],
  reply: '',
  reservedUntil: '2026-11-21T10:00:00Z',
  dimensions: ['tone', 'safety'],
  ...(revision !== undefined && { draft: { revision, answers: { tone: 2 } } }),
});
const idsOf = (queue: { held: readonly { item: AnnotationItem }[] }) => queue.held.map((held) => held.item.id);

describe('the work queue', () => {
  it('never takes an item twice, nor one that ended here before the server knows', () => {
    const first = take(EMPTY_QUEUE, [item('a'), item('b')], []);
    const after = take(endFirst(first), [item('a'), item('b'), item('c')], []);
    expect(idsOf(after)).toEqual(['b', 'c']);
  });
  it('after a reload leaves out what waits to be submitted and prefers the newer draft', () => {
    const letters = [
      { itemId: 'a', kind: 'submit' as const, body: {} },
      { itemId: 'b', kind: 'draft' as const, body: { revision: 5, answers: { tone: 4 } } },
      { itemId: 'c', kind: 'draft' as const, body: { revision: 1, answers: { tone: 1 } } },
    ];
    const queue = take(EMPTY_QUEUE, [item('a'), item('b', 3), item('c', 9)], letters);
    expect(queue.held.map(({ rating, revision }) => [rating.answers.tone, revision])).toEqual([
      [4, 5],
      [2, 9],
    ]);
  });
  it('puts back what ended last', () => {
    const ended = endFirst(take(EMPTY_QUEUE, [item('a'), item('b')], []));
    const last = ended.ended.at(-1);
    if (last === undefined) throw new Error('nothing ended');
    const back = putBack(ended, last);
    expect(idsOf(back)).toEqual(['a', 'b']);
    expect(back.ended).toEqual([]);
  });
});
