import { describe, expect, it } from 'vitest';
import { measureReliability } from './reliability.ts';

describe('measureReliability', () => {
  it('weighs the distance of each bin by its predictions', () => {
    const cells = [
      { predicted: 0.25, observed: 0 },
      { predicted: 0.25, observed: 1 },
      { predicted: 1, observed: 1 },
      { predicted: 0.9, observed: 0.5 },
    ];
    const { expectedError, bias, bins } = measureReliability(cells);
    // |0.5 - 1| and |1.9 - 1.5| over four.
    expect(expectedError).toBeCloseTo(0.9 / 4);
    expect(bias).toBeCloseTo(0.1 / 4);
    expect(bins).toEqual([
      { predicted: 0.25, observed: 0.5, count: 2 },
      { predicted: 0.95, observed: 0.75, count: 2 },
    ]);
  });

  it('refuses what is no quality', () => {
    expect(() => measureReliability([{ predicted: Number.NaN, observed: 1 }])).toThrow('lies in [0, 1]');
  });
});
