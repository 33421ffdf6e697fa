import { type Dimension, runItemsQuerySchema } from '@pointsman/contracts';
import type { ScoredItem } from '@pointsman/db';
import { describe, expect, it } from 'vitest';
import { compareItems, pageOfItems } from './compare-items.ts';

const item = (
  caseId: string,
  scores: Partial<Record<Dimension, number>>,
  over: Partial<ScoredItem> = {},
): ScoredItem => ({
  caseId,
  caseHash: 'h',
  domain: 'legal',
  task: 'answer',
  language: 'en',
  verdicts: Object.fromEntries(
    Object.entries(scores).map(([dimension, score]) => [dimension, { status: 'scored', score }]),
  ),
  ...over,
});

describe('comparing the cases of two contestants', () => {
  it('puts what lost most first and what has no pair last', () => {
    const found = compareItems(
      [item('a', { tone: 0.5 }), item('b', { tone: 0.2 }), item('c', { tone: 1 }), item('d', { tone: 0.5 })],
      [item('a', { tone: 0.5 }), item('b', { tone: 1 }), item('c', { tone: 0.5 })],
      'overall',
    );
    expect(found.map(({ caseId, move }) => [caseId, move])).toEqual([
      ['b', 'worse'],
      ['a', 'same'],
      ['c', 'better'],
      ['d', 'unpaired'],
    ]);
  });

  it('takes overall differences over the dimensions that both have, weighted as the case says', () => {
    const weights = { tone: 3, safety: 1 };
    const [found] = compareItems(
      [item('a', { tone: 0.5, safety: 1, coherence: 0 }, { weights })],
      [item('a', { tone: 1, safety: 1 }, { weights })],
      'overall',
    );
    expect(found?.difference).toBeCloseTo((-0.5 * 3) / 4, 10);
  });

  it('does not call two sums of the same scores different', () => {
    const scores = { tone: 0.1, safety: 0.2, coherence: 0.3 };
    const reordered = { coherence: 0.3, safety: 0.2, tone: 0.1 };
    expect(compareItems([item('a', scores)], [item('a', reordered)], 'overall')[0]?.move).toBe('same');
  });

  it('pairs no case with what it was before it changed, and invents no score', () => {
    const [changed] = compareItems([item('a', { tone: 1 })], [item('a', { tone: 0 }, { caseHash: 'old' })], 'overall');
    expect(changed).toMatchObject({ move: 'unpaired', candidate: 1 });
    expect(changed).not.toHaveProperty('baseline');
    const [unscored] = compareItems([item('a', {})], [item('a', { tone: 1 })], 'overall');
    expect(unscored).toMatchObject({ move: 'unpaired', baseline: 1 });
    expect(unscored).not.toHaveProperty('candidate');
  });
});

describe('a page of cases', () => {
  const compared = compareItems(
    ['a', 'b', 'c', 'd'].map((id, index) => item(id, { tone: index / 4 }, { domain: index < 2 ? 'legal' : 'travel' })),
    ['a', 'b', 'c', 'd'].map((id) => item(id, { tone: 0.4 })),
    'tone',
  );

  it('starts with the greatest gain where those that got better are wanted', () => {
    const page = pageOfItems(compared, runItemsQuerySchema.parse({ move: 'better' }));
    expect(page.data.map(({ caseId }) => caseId)).toEqual(['d', 'c']);
  });

  it('counts the moves of everything that matches but for the move', () => {
    const page = pageOfItems(compared, runItemsQuerySchema.parse({ move: 'worse', domain: 'travel' }));
    expect(page).toMatchObject({ data: [], total: 0, moves: { worse: 0, better: 2 } });
  });
});
