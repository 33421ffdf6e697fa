import { describe, expect, it } from 'vitest';
import { bootstrap, numberGroups, weightedTotals } from './group-totals.ts';

describe('weightedTotals', () => {
  it('counts each group as often as its weight says', () => {
    const totals = weightedTotals({ columns: 2, data: Float64Array.of(1, 10, 2, 20, 3, 30) }, [1, 0, 2]);
    expect([...totals]).toEqual([7, 70]);
  });
});

describe('bootstrap', () => {
  it('gives the value of the groups as they are, and an interval about as wide as theory says', () => {
    const outcomes = Array.from({ length: 400 }, (_, n) => n % 2);
    const meanOf = (weights: Float64Array): number[] => [
      outcomes.reduce((sum, outcome, g) => sum + outcome * (weights[g] ?? 0), 0) / outcomes.length,
    ];
    const [estimate] = bootstrap(outcomes.length, meanOf, { resamples: 400, seed: 1 });
    expect(estimate?.value).toBe(0.5);
    // Two standard errors of 0.025 either side.
    expect((estimate?.high ?? 0) - (estimate?.low ?? 0)).toBeGreaterThan(0.08);
    expect((estimate?.high ?? 0) - (estimate?.low ?? 0)).toBeLessThan(0.12);
  });

  it('leaves out resamples in which a statistic is not finite', () => {
    const [estimate] = bootstrap(2, ([first = 0]) => [first === 0 ? Number.NaN : 1], { resamples: 50, seed: 1 });
    expect(estimate).toEqual({ value: 1, low: 1, high: 1 });
  });
});

describe('numberGroups', () => {
  it('numbers near-duplicates alike', () => {
    expect(numberGroups([70, 30, 70])).toEqual({ of: Int32Array.of(0, 1, 0), count: 2 });
  });
});
