import { describe, expect, it } from 'vitest';
import { seededRandom } from './index.ts';
import { xoshiro128From } from './seeded-random.ts';

describe('seededRandom', () => {
  it('runs xoshiro128** as its reference code does, worked out independently from state 1, 2, 3, 4', () => {
    const next = xoshiro128From([1, 2, 3, 4]);
    const first = Array.from({ length: 10 }, () => next());
    expect(first).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('gives the same stream for the same seed and another for another', () => {
    const stream = (seed: number | string) => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, () => random());
    };
    expect(stream(7)).toEqual(stream(7));
    expect(stream('run-1')).toEqual(stream('run-1'));
    const distinct = [7, 8, -7, 7 + 2 ** 32, 'run-1', 'run-2'].map((seed) => stream(seed).join());
    expect(new Set(distinct).size).toBe(distinct.length);
  });

  it('is uniform on [0, 1) by a chi-squared test of 100 cells', () => {
    const random = seededRandom(42);
    const cells = Array.from({ length: 100 }, () => 0);
    for (let draw = 0; draw < 100_000; draw++) {
      const value = random();
      expect(value >= 0 && value < 1).toBe(true);
      const cell = Math.floor(value * 100);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    const chiSquared = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 0.1 % and 99.9 % points of chi-squared with 99 degrees of freedom.
    expect(chiSquared).toBeGreaterThan(60);
    expect(chiSquared).toBeLessThan(149);
  });
});
