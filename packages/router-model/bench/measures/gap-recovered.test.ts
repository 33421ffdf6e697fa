import { describe, expect, it } from 'vitest';
import { measureGapRecovered, orderByPriority } from './gap-recovered.ts';

const GAINS = [1, 0, 0, 1];
const ONCE = [1, 1, 1, 1];
const measure = (priorities: number[], weights = ONCE, gains = GAINS) =>
  measureGapRecovered(gains, orderByPriority(priorities), weights);

describe('measureGapRecovered', () => {
  it('recovers most when the requests that gain come first', () => {
    const measured = measure([4, 1, 2, 3]);
    expect(measured.average).toBeCloseTo(0.75);
    expect(measured.callsFor50).toBeCloseTo(0.25);
    // 0.5 after the first call in four, 1 after the second: 0.8 on three fifths of the way.
    expect(measured.callsFor80).toBeCloseTo(0.4);
  });

  it('is random where all requests have the same priority', () => {
    expect(measure([1, 1, 1, 1])).toEqual({ average: 0.5, callsFor50: 0.5, callsFor80: 0.8 });
  });

  it('counts a request as often as its weight says', () => {
    const repeated = measure([4, 1, 2, 3, 4], [1, 1, 1, 1, 1], [...GAINS, 1]);
    expect(measure([4, 1, 2, 3], [2, 1, 1, 1])).toEqual(repeated);
    // Both repeated gains at once: 2/3 after 0.4 of the calls, all after 0.6.
    expect(repeated.average).toBeCloseTo(0.4 / 3 + 0.2 * (5 / 6) + 0.4);
  });

  it('reads the first share of calls that is enough where losses follow', () => {
    const measured = measure([4, 3, 2, 1], ONCE, [1, 1, -1, 1]);
    // 0.5, 1, 0.5, 1 of the gap of 2.
    expect(measured.callsFor50).toBeCloseTo(0.25);
    expect(measured.callsFor80).toBeCloseTo(0.4);
  });
});
