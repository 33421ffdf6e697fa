import { describe, expect, it } from 'vitest';
import { gainRanking } from './measure-pairs.ts';

describe('gainRanking', () => {
  const gains = [1, 0, 0, 1];
  const once = Float64Array.of(1, 1, 1, 1);

  it('is one half for priorities that say nothing', () => {
    expect(gainRanking(gains, [3, 3, 3, 3])(once)).toBe(0.5);
  });

  it('is highest when the requests that gain go first and lowest when they go last', () => {
    // Recovered after 1..4 strong calls: 0.5, 1, 1, 1; trapezoids from 0.
    expect(gainRanking(gains, [9, 1, 1, 9])(once)).toBeCloseTo((0.25 + 0.75 + 1 + 1) / 4, 10);
    expect(gainRanking(gains, [1, 9, 9, 1])(once)).toBeCloseTo(0.25, 10);
  });

  it('counts a request as often as its weight says, and does not exist where nothing is to be gained', () => {
    const doubled = gainRanking([1, 1, 0], [9, 9, 1])(Float64Array.of(1, 1, 2));
    expect(gainRanking([1, 0], [9, 1])(Float64Array.of(2, 2))).toBe(doubled);
    expect(gainRanking(gains, [1, 2, 3, 4])(Float64Array.of(0, 2, 2, 0))).toBeUndefined();
  });
});
