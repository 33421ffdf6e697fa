import { describe, expect, test } from 'vitest';
import { normalQuantile } from './distributions/normal-quantile.ts';
import { seededRandom } from './seeded-random.ts';
import { sumPredictionInterval } from './sum-prediction-interval.ts';

describe('a predicted sum', () => {
  test('of one value is the textbook interval for a further observation', () => {
    // Mean 3, s² 2.5, t(0.975, 4) = 2.776445: 3 ± 2.776445 * sqrt(2.5 * 1.2).
    const interval = sumPredictionInterval([1, 2, 3, 4, 5], 1);
    expect(interval).toMatchObject({ estimate: 3, n: 5 });
    if ('tooFew' in interval) throw new Error('unreachable');
    expect(interval.high - 3).toBeCloseTo(2.776445 * Math.sqrt(3), 5);
    expect(3 - interval.low).toBeCloseTo(interval.high - 3, 12);
  });

  test('of nothing is nothing, and of one value too few', () => {
    expect(sumPredictionInterval([1, 5], 0)).toMatchObject({ estimate: 0, low: 0, high: 0 });
    expect(sumPredictionInterval([1], 3)).toEqual({ tooFew: true, n: 1 });
    expect(() => sumPredictionInterval([1, 2], -1)).toThrow(RangeError);
  });

  test('is covered 95 % of the time', () => {
    const random = seededRandom(11);
    const draw = () => 10 + 3 * normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, random())));
    let covered = 0;
    const rounds = 4_000;
    for (let round = 0; round < rounds; round += 1) {
      const interval = sumPredictionInterval(Array.from({ length: 14 }, draw), 9);
      if ('tooFew' in interval) throw new Error('unreachable');
      const sum = Array.from({ length: 9 }, draw).reduce((a, b) => a + b, 0);
      if (sum >= interval.low && sum <= interval.high) covered += 1;
    }
    expect(covered / rounds).toBeGreaterThan(0.93);
    expect(covered / rounds).toBeLessThan(0.97);
  });
});
