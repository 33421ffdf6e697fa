import { describe, expect, it } from 'vitest';
import { chiSquareSurvival, compareShares, kolmogorovSmirnov, seededRandom } from './index.ts';

describe('chiSquareSurvival', () => {
  // NIST/SEMATECH e-Handbook, table 1.3.6.7.4, with the digits of SciPy 1.17.
  it.each([
    [3.841458820694124, 1, 0.05],
    [5.991464547107979, 2, 0.05],
    [11.344866730144373, 3, 0.01],
    [18.307038053275146, 10, 0.05],
    [124.34211340400407, 100, 0.05],
    [10.827566170662733, 1, 0.001],
  ])('is P(X > %f) with %i degrees of freedom', (statistic, degrees, expected) => {
    expect(Math.abs(chiSquareSurvival(statistic, degrees) / expected - 1)).toBeLessThan(1e-9);
  });

  it('is 1 at 0, 0 at infinity, and near a half at the median of many degrees', () => {
    expect(chiSquareSurvival(0, 3)).toBe(1);
    expect(chiSquareSurvival(Number.POSITIVE_INFINITY, 4)).toBe(0);
    // Wilson and Hilferty's median.
    for (const degrees of [2001, 2002]) {
      expect(chiSquareSurvival(degrees * (1 - 2 / (9 * degrees)) ** 3, degrees)).toBeCloseTo(0.5, 4);
    }
    expect(() => chiSquareSurvival(-1, 2)).toThrow(RangeError);
    expect(() => chiSquareSurvival(1, 1.5)).toThrow(RangeError);
    expect(() => chiSquareSurvival(1, 0)).toThrow(RangeError);
  });
});

describe('compareShares', () => {
  it("gives Pearson's statistic of a two by two table", () => {
    // n (ad - bc)^2 / (row and column sums) = 60 x 300^2 / 30^4.
    const result = compareShares([10, 20], [20, 10]);
    expect(result.statistic).toBeCloseTo(20 / 3, 12);
    expect(result.degrees).toBe(1);
    expect(result.pValue).toBeCloseTo(0.009823, 6);
    expect(result.totalVariation).toBeCloseTo(1 / 3, 12);
  });

  it('takes categories together that are expected too seldom, and sees new ones', () => {
    const rare = compareShares([100, 100, 1, 2], [100, 100, 2, 1]);
    expect(rare.degrees).toBe(2);
    expect(rare.pValue).toBeCloseTo(1, 6);
    const fresh = compareShares([100, 100, 0], [80, 80, 40]);
    expect(fresh.totalVariation).toBeCloseTo(0.2, 12);
    expect(fresh.pValue).toBeLessThan(1e-8);
    expect(compareShares([3], [700])).toMatchObject({ degrees: 0, pValue: 1, totalVariation: 0 });
  });

  it('refuses what cannot be compared', () => {
    expect(() => compareShares([1, 2], [1])).toThrow(RangeError);
    expect(() => compareShares([0, 0], [1, 2])).toThrow(RangeError);
    expect(() => compareShares([1, -1], [1, 2])).toThrow(RangeError);
    expect(() => compareShares([1, Number.NaN], [1, 2])).toThrow(RangeError);
  });

  it('rejects equal shares about as often as its level says', () => {
    const random = seededRandom('shares');
    const draw = (n: number) => {
      const counts = [0, 0, 0, 0, 0];
      for (let i = 0; i < n; i++) {
        const category = Math.floor(random() ** 1.5 * 5);
        counts[category] = (counts[category] ?? 0) + 1;
      }
      return counts;
    };
    let rejected = 0;
    for (let trial = 0; trial < 2000; trial++) if (compareShares(draw(300), draw(120)).pValue <= 0.05) rejected++;
    expect(rejected / 2000).toBeGreaterThan(0.035);
    expect(rejected / 2000).toBeLessThan(0.065);
  });
});

describe('kolmogorovSmirnov', () => {
  it('measures the largest distance, ties passing together', () => {
    expect(kolmogorovSmirnov([1, 2, 3, 4], [3, 4, 5, 6]).statistic).toBe(0.5);
    expect(kolmogorovSmirnov([1, 1, 2], [1, 1, 2])).toEqual({ statistic: 0, pValue: 1 });
    expect(kolmogorovSmirnov([1, 2], [3]).statistic).toBe(1);
    expect(() => kolmogorovSmirnov([], [1])).toThrow(RangeError);
    expect(() => kolmogorovSmirnov([Number.NaN], [1])).toThrow(RangeError);
  });

  // Smirnov's table (1948): 5 % at 1.3581, 1 % at 1.6276; below 1 by its theta form, 0.5 gives 0.963945.
  it.each([
    [1.3581, 0.05],
    [1.6276, 0.01],
    [0.5, 0.963945],
  ])('has the limit p-value at %f', (scaled, expected) => {
    // Large samples a given distance apart: `distance` of the first lie below all of the second.
    const n = 200_000;
    const below = Math.round(n * (scaled / Math.sqrt(n / 2)));
    const base = Array.from({ length: n }, (_, index) => index);
    const moved = base.map((value) => (value < below ? value + 2 * n : value));
    expect(kolmogorovSmirnov(base, moved).pValue).toBeCloseTo(expected, 2);
  });

  it('rejects equal distributions about as often as its level says', () => {
    const random = seededRandom('smirnov');
    const draw = (n: number) => Array.from({ length: n }, random);
    let rejected = 0;
    for (let trial = 0; trial < 2000; trial++) if (kolmogorovSmirnov(draw(80), draw(60)).pValue <= 0.05) rejected++;
    expect(rejected / 2000).toBeGreaterThan(0.03);
    expect(rejected / 2000).toBeLessThan(0.065);
  });
});
