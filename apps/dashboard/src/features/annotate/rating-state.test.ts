import { describe, expect, it } from 'vitest';
import { isComplete, type RatingAction, rate, startRating } from './rating-state.ts';

const SIX = ['factual_accuracy', 'coherence', 'relevance', 'completeness', 'tone', 'safety'] as const;
const after = (actions: RatingAction[], state = startRating(SIX)) => actions.reduce(rate, state);
const digits = (text: string): RatingAction[] => [...text].map((digit) => ({ kind: 'rate', answer: Number(digit) }));

describe('rating by keyboard', () => {
  it('takes six digits for six dimensions', () => {
    const rated = after(digits('543215'));
    expect(isComplete(rated)).toBe(true);
    expect(rated.answers).toEqual({
      factual_accuracy: 5,
      coherence: 4,
      relevance: 3,
      completeness: 2,
      tone: 1,
      safety: 5,
    });
  });
  it('goes on to what is still open, also behind', () => {
    const rated = after([{ kind: 'focus', index: 4 }, ...digits('33')]);
    expect(rated.focus).toBe(0);
  });
  it('undoes one answer at a time and goes back to it', () => {
    const rated = after([...digits('54'), { kind: 'focus', index: 0 }, ...digits('2'), { kind: 'undo' }]);
    expect(rated.answers).toEqual({ factual_accuracy: 5, coherence: 4 });
    expect(rated.focus).toBe(0);
    expect(after([{ kind: 'undo' }, { kind: 'undo' }, { kind: 'undo' }], rated).answers).toEqual({});
  });
  it('counts "cannot rate" as an answer', () => {
    const rated = after([...digits('55555'), { kind: 'rate', answer: 'cannot-rate' }]);
    expect(isComplete(rated)).toBe(true);
  });
  it('goes on after a reload where it stopped', () => {
    expect(startRating(SIX, { factual_accuracy: 5, coherence: 1 }).focus).toBe(2);
  });
});
