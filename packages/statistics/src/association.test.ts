import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc, brierScore, expectedCalibrationError, pearson, spearman } from './index.ts';

const numbers = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 20 });

describe('correlation', () => {
  it('agrees with SciPy on tied values', () => {
    const [x, y] = [
      [1, 2, 2, 4, 5],
      [3, 1, 2, 5, 5],
    ];
    expect(pearson(x, y)).toBeCloseTo(0.7824758900557374, 12);
    expect(spearman(x, y)).toBeCloseTo(0.6315789473684211, 12);
  });

  it('does not exist where one side does not vary', () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeUndefined();
    expect(spearman([1], [2])).toBeUndefined();
    expect(() => pearson([1, 2], [1])).toThrow(RangeError);
  });

  it('by rank is blind to any increasing transformation', () => {
    fc.assert(
      fc.property(numbers, fc.infiniteStream(fc.integer({ min: -5, max: 5 })), (x, stream) => {
        const y = x.map(() => stream.next().value ?? 0);
        const straight = spearman(x, y);
        const bent = spearman(
          x.map((value) => value ** 3 + value),
          y.map((value) => Math.exp(value)),
        );
        if (straight === undefined) expect(bent).toBeUndefined();
        else expect(bent).toBeCloseTo(straight, 12);
      }),
    );
  });
});

describe('auc', () => {
  it('is the share of pairs in the right order, ties counting half', () => {
    fc.assert(
      fc.property(numbers, numbers, (positives, negatives) => {
        const wins = positives.flatMap((p) => negatives.map((n): number => (p > n ? 1 : p === n ? 0.5 : 0)));
        const share = wins.reduce((a, b) => a + b) / wins.length;
        const labels = [...positives.map(() => true), ...negatives.map(() => false)];
        expect(auc([...positives, ...negatives], labels)).toBeCloseTo(share, 12);
      }),
    );
  });

  it('does not exist for a single class', () => {
    expect(auc([1, 2], [true, true])).toBeUndefined();
    expect(auc([], [])).toBeUndefined();
  });
});

describe('calibration scores', () => {
  it('are 0 for a prophet', () => {
    expect(brierScore([1, 0], [true, false])).toBe(0);
    expect(expectedCalibrationError([1, 0], [true, false])).toBe(0);
  });

  it('agree with arithmetic by hand', () => {
    expect(brierScore([0.9, 0.2, 0.6], [true, false, false])).toBeCloseTo((0.01 + 0.04 + 0.36) / 3, 12);
    // Bin [0.2, 0.3): mean 0.25, frequency 0.5; bin [0.9, 1]: mean 0.95, frequency 1.
    expect(expectedCalibrationError([0.2, 0.29, 0.9, 1], [true, false, true, true])).toBeCloseTo((0.51 + 0.1) / 4, 12);
  });

  it('do not exist for no predictions and refuse what is no probability', () => {
    expect(brierScore([], [])).toBeUndefined();
    expect(expectedCalibrationError([], [])).toBeUndefined();
    expect(() => brierScore([1.2], [true])).toThrow(RangeError);
    expect(() => brierScore([Number.NaN], [true])).toThrow(RangeError);
    expect(() => expectedCalibrationError([0.5], [true], 0)).toThrow(RangeError);
  });
});
