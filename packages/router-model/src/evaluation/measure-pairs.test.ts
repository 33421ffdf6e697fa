import { describe, expect, it } from 'vitest';
import { averageGapRecovered } from './measure-pairs.ts';

describe('averageGapRecovered', () => {
  const gains = [1, 0, 0, 1];

  it('is one half for priorities that say nothing', () => {
    expect(averageGapRecovered(gains, [3, 3, 3, 3])).toBe(0.5);
  });

  it('is highest when the requests that gain go first and lowest when they go last', () => {
    // Recovered after 1..4 strong calls: 0.5, 1, 1, 1; trapezoids from 0.
    expect(averageGapRecovered(gains, [9, 1, 1, 9])).toBeCloseTo((0.25 + 0.75 + 1 + 1) / 4, 10);
    expect(averageGapRecovered(gains, [1, 9, 9, 1])).toBeCloseTo(0.25, 10);
  });
});
