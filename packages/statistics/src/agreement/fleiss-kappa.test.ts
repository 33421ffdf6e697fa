import { describe, expect, it } from 'vitest';
import { fleissKappa } from './fleiss-kappa.ts';

// 14 raters put 10 subjects into 5 categories: the worked example of Fleiss' method that textbooks and Wikipedia give.
const COUNTS = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7],
];

describe('fleissKappa', () => {
  it('gives the value of the worked example', () => {
    const ratings = COUNTS.map((counts) =>
      counts.flatMap((count, category) => Array.from({ length: count }, () => `category ${category}`)),
    );
    expect(fleissKappa(ratings)).toBeCloseTo(0.2099, 4);
  });

  it('is 1 when all agree and not all on the same', () => {
    expect(
      fleissKappa([
        ['a', 'a', 'a'],
        ['b', 'b', 'b'],
      ]),
    ).toBe(1);
  });

  it('does not exist without items, with one rater or one category, and refuses missing ratings', () => {
    expect(fleissKappa([])).toBeUndefined();
    expect(fleissKappa([['a'], ['b']])).toBeUndefined();
    expect(fleissKappa([['a', 'a']])).toBeUndefined();
    expect(() => fleissKappa([['a', 'b'], ['a']])).toThrow(RangeError);
    expect(() => fleissKappa([[1, Number.NaN]])).toThrow(RangeError);
  });
});
