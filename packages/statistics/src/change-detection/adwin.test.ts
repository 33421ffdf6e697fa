import { describe, expect, it } from 'vitest';
import { mean, seededRandom } from '../index.ts';
import { type AdwinState, adwin, updateAdwin } from './adwin.ts';

const random = seededRandom('adwin');
const passes = (n: number, share: number) => Array.from({ length: n }, () => (random() < share ? 1 : 0));
const sizeOf = ({ buckets }: AdwinState) => buckets.reduce((sum, { n }) => sum + n, 0);

describe('adwin', () => {
  it('keeps all values while their mean stays, in few buckets', () => {
    const values = passes(2000, 0.7);
    const last = adwin(values).at(-1);
    expect(last?.window.n).toBe(2000);
    expect(last?.window.mean).toBeCloseTo(mean(values), 10);
    expect(last?.buckets.length).toBeLessThan(50);
    const sizes = last?.buckets.map(({ n }) => n) ?? [];
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes.every((size) => Number.isInteger(Math.log2(size)))).toBe(true);
  });

  it('raises a false alarm in at most 5 % of streams of 500 at a delta of 0.05', () => {
    const alarms = Array.from({ length: 200 }, () => adwin(passes(500, 0.7), { delta: 0.05 })).filter((states) =>
      states.some(({ dropped }) => dropped > 0),
    );
    expect(alarms.length / 200).toBeLessThanOrEqual(0.05);
  });

  it('finds a fall from 80 to 50 % within some hundred values, and forgets the time before', () => {
    const delays = Array.from({ length: 40 }, () => {
      const states = adwin([...passes(500, 0.8), ...passes(300, 0.5)]);
      expect(states.every((state) => sizeOf(state) === state.window.n)).toBe(true);
      expect(states.at(-1)?.window.n).toBeLessThan(600);
      expect(Math.abs((states.at(-1)?.window.mean ?? 1) - 0.5)).toBeLessThan(0.2);
      return states.findIndex(({ dropped }, at) => at >= 500 && dropped > 0) - 500;
    });
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(delays.toSorted((a, b) => a - b)[20]).toBeLessThan(120);
  });

  it('sees the same on any scale', () => {
    const values = [...passes(300, 0.9), ...passes(200, 0.4)];
    const scaled = adwin(
      values.map((value) => 1 + 4 * value),
      { low: 1, high: 5 },
    );
    expect(scaled.map(({ dropped }) => dropped)).toEqual(adwin(values).map(({ dropped }) => dropped));
    expect(scaled.some(({ dropped }) => dropped > 0)).toBe(true);
  });

  it('goes on from a stored state as if it had never stopped', () => {
    const values = [...passes(150, 0.9), ...passes(150, 0.2)];
    let stored: AdwinState | undefined;
    for (const value of values) stored = JSON.parse(JSON.stringify(updateAdwin(stored, value)));
    expect(stored).toEqual(adwin(values).at(-1));
  });

  it('refuses values outside its range', () => {
    expect(() => adwin([1.5])).toThrow(RangeError);
    expect(() => adwin([Number.NaN])).toThrow(RangeError);
    expect(() => adwin([1], { low: 1, high: 1 })).toThrow(RangeError);
    expect(() => adwin([1], { delta: 0 })).toThrow(RangeError);
  });
});
