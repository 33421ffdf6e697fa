import { describe, expect, it } from 'vitest';
import { mean, normalQuantile, type Random, seededRandom } from '../index.ts';
import { type CusumState, cusum, updateCusum } from './cusum.ts';
import { ewma } from './ewma.ts';
import type { Alarm } from './process.ts';

// Montgomery, Introduction to Statistical Quality Control, 6th ed., table 9.1: the mean moves from 10 to 11 after 20 values.
const VALUES = [
  9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08, 9.37, 10.62, 10.31,
  8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
];
const PROCESS = { target: 10, standardDeviation: 1 };
const normal = (random: Random) => normalQuantile(random() || 0.5);

/** The mean number of values until an alarm, at most `most`. */
function runLength(chart: (values: number[]) => { alarm: Alarm }[], draw: () => number, most: number): number {
  const lengths = Array.from({ length: 250 }, () => {
    const found = chart(Array.from({ length: most }, draw)).findIndex(({ alarm }) => alarm !== 'none');
    return found < 0 ? most : found + 1;
  });
  return mean(lengths);
}

describe('cusum', () => {
  it("gives the published sums, alarm and moment of change of Montgomery's example", () => {
    const states = cusum(VALUES, PROCESS);
    expect(states.slice(0, 6).map(({ up, down }) => [up.toFixed(2), down.toFixed(2)])).toEqual([
      ['0.00', '0.05'],
      ['0.00', '1.56'],
      ['0.00', '1.77'],
      ['1.16', '0.00'],
      ['2.82', '0.00'],
      ['2.50', '0.00'],
    ]);
    expect(states.findIndex(({ alarm }) => alarm === 'up')).toBe(28);
    expect(states[28]).toMatchObject({ n: 29, upFor: 7, downFor: 0 });
    expect(states[28]?.up).toBeCloseTo(5.28, 10);
  });

  it('raises a false alarm in about 465 values and finds a shift of one deviation in about 10', () => {
    const random = seededRandom('cusum');
    const chart = (values: number[]) => cusum(values, { target: 0, standardDeviation: 1 });
    // Montgomery, table 9.3: 465 and 10.4; runs cut at 2000 are a little shorter on average.
    expect(Math.abs(runLength(chart, () => normal(random), 2000) - 458)).toBeLessThan(90);
    expect(Math.abs(runLength(chart, () => -1 + normal(random), 200) - 10.4)).toBeLessThan(1.5);
  });

  it('says which way, and goes on from a stored state', () => {
    let stored: CusumState | undefined;
    for (const value of VALUES) stored = JSON.parse(JSON.stringify(updateCusum(stored, 20 - value, PROCESS)));
    expect(stored).toEqual(
      cusum(
        VALUES.map((value) => 20 - value),
        PROCESS,
      ).at(-1),
    );
    expect(stored?.alarm).toBe('down');
  });

  it('refuses what it cannot use', () => {
    expect(() => cusum([Number.NaN], PROCESS)).toThrow(RangeError);
    expect(() => cusum([1], { ...PROCESS, standardDeviation: 0 })).toThrow(RangeError);
    expect(() => cusum([1], { ...PROCESS, target: Number.NaN })).toThrow(RangeError);
    expect(() => cusum([1], { ...PROCESS, k: 0 })).toThrow(RangeError);
    expect(() => cusum([1], { ...PROCESS, h: -1 })).toThrow(RangeError);
  });
});

describe('ewma', () => {
  it("gives the published averages, limits and alarm of Montgomery's example", () => {
    // Table 9.10, with lambda 0.1 and limits at 2.7 deviations.
    const states = ewma(VALUES, { ...PROCESS, lambda: 0.1, limit: 2.7 });
    expect(states[0]?.average).toBeCloseTo(9.945, 10);
    expect(states[1]?.average).toBeCloseTo(9.7495, 10);
    expect([states[0]?.high, states[1]?.high].map((high) => high?.toFixed(2))).toEqual(['10.27', '10.36']);
    expect([states[29]?.low, states[29]?.high].map((end) => end?.toFixed(2))).toEqual(['9.38', '10.62']);
    expect(states.findIndex(({ alarm }) => alarm === 'up')).toBe(28);
    expect(states[28]?.average.toFixed(4)).toBe('10.6468');
  });

  it('raises a false alarm in about 490 values and finds a shift of one deviation in about 10', () => {
    const random = seededRandom('ewma');
    const chart = (values: number[]) => ewma(values, { target: 0, standardDeviation: 1 });
    expect(Math.abs(runLength(chart, () => normal(random), 2000) - 480)).toBeLessThan(90);
    expect(Math.abs(runLength(chart, () => 1 + normal(random), 200) - 10)).toBeLessThan(2);
  });

  it('with a weight of 1 is a chart of single values', () => {
    const states = ewma([12, 6.9, 13.1], { ...PROCESS, lambda: 1, limit: 3 });
    expect(states.map(({ average, alarm }) => [average, alarm])).toEqual([
      [12, 'none'],
      [6.9, 'down'],
      [13.1, 'up'],
    ]);
  });

  it('refuses what it cannot use', () => {
    expect(() => ewma([Number.NaN], PROCESS)).toThrow(RangeError);
    expect(() => ewma([1], { ...PROCESS, lambda: 0 })).toThrow(RangeError);
    expect(() => ewma([1], { ...PROCESS, lambda: 1.1 })).toThrow(RangeError);
    expect(() => ewma([1], { ...PROCESS, limit: 0 })).toThrow(RangeError);
  });
});
