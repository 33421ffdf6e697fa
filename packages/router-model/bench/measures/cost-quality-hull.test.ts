import { describe, expect, it } from 'vitest';
import { areaUnder, cheapestMix, upperHull } from './cost-quality-hull.ts';

const POINTS = [
  { cost: 4, quality: 0.9 },
  { cost: 1, quality: 0.5 },
  { cost: 2.5, quality: 0.6 },
  { cost: 2, quality: 0.7 },
  { cost: 3, quality: 0.71 },
  { cost: 6, quality: 0.8 },
];

describe('upperHull', () => {
  it('keeps the corners that no mix of others reaches for the money, and says which points they are', () => {
    expect(upperHull(POINTS).map(({ index }) => index)).toEqual([1, 3, 0]);
  });

  it('takes the better of two points at the same cost', () => {
    const hull = upperHull([
      { cost: 1, quality: 0.5 },
      { cost: 1, quality: 0.6 },
    ]);
    expect(hull).toEqual([{ cost: 1, quality: 0.6, index: 1 }]);
  });

  it('refuses to be the hull of nothing', () => {
    expect(() => upperHull([])).toThrow('at least one point');
  });
});

describe('areaUnder', () => {
  it('adds up trapezoids, level on either side of the hull', () => {
    // 1 x 0.5 before the first corner, then 0.6, then 2 x 0.8, then 1 x 0.9 behind the last.
    expect(areaUnder(upperHull(POINTS), 0, 5)).toBeCloseTo(0.5 + 0.6 + 1.6 + 0.9);
  });

  it('cuts a trapezoid where the range ends within it', () => {
    expect(areaUnder(upperHull(POINTS), 2, 3)).toBeCloseTo(0.75);
  });
});

describe('cheapestMix', () => {
  it('mixes the two corners on either side of the quality asked for', () => {
    const mix = cheapestMix(upperHull(POINTS), 0.8);
    expect(mix).toMatchObject({ low: 3, high: 0 });
    expect(mix?.share).toBeCloseTo(0.5);
    expect(mix?.cost).toBeCloseTo(3);
  });

  it('takes the cheapest corner alone when that is enough', () => {
    expect(cheapestMix(upperHull(POINTS), 0.4)).toEqual({ low: 1, high: 1, share: 1, cost: 1 });
  });

  it('knows of no mix beyond the best corner', () => {
    expect(cheapestMix(upperHull(POINTS), 0.95)).toBeUndefined();
  });
});
