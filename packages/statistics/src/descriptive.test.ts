import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, quantile, ranks, summarise, variance } from './index.ts';

describe('quantile', () => {
  // NumPy 2, numpy.quantile, whose default is type 7.
  it.each([
    [0.1, 1.5],
    [0.25, 2.5],
    [0.5, 6],
    [0.9, 24],
  ])('of type 7 at %f of six values is %f', (p, expected) => {
    expect(quantile([32, 1, 8, 2, 16, 4], p)).toBeCloseTo(expected, 12);
  });

  it('never falls when p rises and stays within the values', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        values,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, a, b) => {
          const [low, high] = [quantile(list, Math.min(a, b)), quantile(list, Math.max(a, b))];
          expect(low).toBeLessThanOrEqual(high + 1e-6);
          expect(low).toBeGreaterThanOrEqual(Math.min(...list));
          expect(high).toBeLessThanOrEqual(Math.max(...list) + 1e-6);
        },
      ),
    );
  });

  it('refuses no values and what is no probability', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], -0.1)).toThrow(RangeError);
  });
});

describe('summarise', () => {
  it('gives median, quartiles and extremes', () => {
    expect(summarise([5, 1, 3, 2, 4])).toEqual({
      n: 5,
      median: 3,
      lowerQuartile: 2,
      upperQuartile: 4,
      least: 1,
      most: 5,
    });
  });

  it('says too few of nothing instead of zero', () => {
    expect(summarise([])).toEqual({ tooFew: true, n: 0 });
  });
});

describe('mean and variance', () => {
  it('do not lose small values beside large ones', () => {
    expect(mean([1e16, 1, -1e16, 1])).toBe(0.5);
    expect(variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBe(30);
  });

  it('do not exist for too few values', () => {
    expect(mean([])).toBeNaN();
    expect(variance([1])).toBeNaN();
  });
});

describe('ranks', () => {
  it('share the mean rank between ties', () => {
    expect(ranks([10, 20, 10, 5, 20, 20])).toEqual([2.5, 5, 2.5, 1, 5, 5]);
  });
});
