import { describe, expect, it } from 'vitest';
import { cohenKappa } from './cohen-kappa.ts';

/** Two raters' labels from the counts of their table. */
function fromTable(table: readonly (readonly number[])[]): [number[], number[]] {
  const cells = table.flatMap((row, a) =>
    row.flatMap((count, b) => Array.from({ length: count }, () => [a, b] as const)),
  );
  return [cells.map(([a]) => a), cells.map(([, b]) => b)];
}

describe('cohenKappa', () => {
  it("gives Cohen's published values", () => {
    // Cohen (1968), table 1 without weights: 200 patients, three diagnoses.
    const [a, b] = fromTable([
      [88, 10, 2],
      [14, 40, 6],
      [18, 10, 12],
    ]);
    expect(cohenKappa(a, b)).toBeCloseTo(0.492, 3);
  });

  it('weighs a disagreement by its distance', () => {
    // The definition, computed with NumPy.
    const a = [1, 2, 3, 3, 5, 2, 1, 4, 4, 2];
    const b = [1, 3, 3, 2, 4, 2, 2, 5, 4, 1];
    expect(cohenKappa(a, b)).toBeCloseTo(0.23076923076923084, 12);
    expect(cohenKappa(a, b, { weights: 'linear' })).toBeCloseTo(0.5774647887323944, 12);
    expect(cohenKappa(a, b, { weights: 'quadratic' })).toBeCloseTo(0.8136645962732919, 12);
  });

  it('takes the order of named categories, also of those that do not occur', () => {
    const [a, b] = [
      ['bad', 'poor', 'good', 'good'],
      ['bad', 'good', 'good', 'good'],
    ];
    const of = (categories: string[]) => cohenKappa(a, b, { weights: 'quadratic', categories });
    expect(of(['bad', 'poor', 'fair', 'fine', 'good'])).toBeCloseTo(0.6666666666666667, 12);
    expect(of(['bad', 'poor', 'good'])).toBeCloseTo(0.8333333333333334, 12);
    expect(() => cohenKappa(a, b, { weights: 'linear' })).toThrow(/order/);
    expect(() => of(['bad', 'good'])).toThrow(/poor/);
    expect(() => of(['bad', 'poor', 'good', 'bad'])).toThrow(RangeError);
  });

  it('is 1 for full agreement, -1 for full disagreement and 0 for chance', () => {
    expect(cohenKappa([true, false], [true, false])).toBe(1);
    expect(cohenKappa([true, false], [false, true])).toBe(-1);
    expect(cohenKappa([true, true, false, false], [true, false, true, false])).toBe(0);
  });

  it('does not exist without items or with a single category, and refuses unequal lengths', () => {
    expect(cohenKappa([], [])).toBeUndefined();
    expect(cohenKappa(['a', 'a'], ['a', 'a'])).toBeUndefined();
    expect(cohenKappa(['a', 'a'], ['b', 'b'])).toBe(0);
    expect(() => cohenKappa([1], [1, 2])).toThrow(RangeError);
    expect(() => cohenKappa([Number.NaN], [1])).toThrow(RangeError);
  });
});
