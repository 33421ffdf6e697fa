import { describe, expect, it } from 'vitest';
import { normalQuantile, pairedTTest, type Random, seededRandom } from '../index.ts';
import { type MixtureSprtState, mixtureSprt, updateMixtureSprt } from './mixture-sprt.ts';

const normal = (random: Random) => normalQuantile(random() || 0.5);
const options = { mixtureDeviation: 0.5 };

/** The number of values after which p is at most 5 %, looking after every tenth; Infinity for never. */
function stoppedAt(states: readonly MixtureSprtState[]): number {
  const found = states.find(({ n, p }) => n % 10 === 0 && p <= 0.05);
  return found?.n ?? Number.POSITIVE_INFINITY;
}

describe('mixtureSprt', () => {
  it('has the p-value of its formula for a known deviation', () => {
    // n = 2, mean 3, variance 4, mixture 1: ratio = sqrt(4 / 6) exp(4 x 9 / (2 x 4 x 6)).
    const states = mixtureSprt([2, 4], { mixtureDeviation: 1, standardDeviation: 2 });
    expect(states.at(-1)?.p).toBeCloseTo(1 / (Math.sqrt(4 / 6) * Math.exp(36 / 48)), 12);
    const moved = mixtureSprt([12, 14], { mixtureDeviation: 1, standardDeviation: 2, nullMean: 10 });
    expect(moved.at(-1)?.p).toBeCloseTo(states.at(-1)?.p ?? 0, 12);
  });

  it.each([
    ['normal differences', normal],
    ['differences of scores from 1 to 5', (random: Random) => Math.round(0.8 * normal(random))],
    ['few passes and failures', (random: Random) => Math.sign(Math.trunc(1.1 * (2 * random() - 1)))],
  ])('keeps its level on %s looked at after every tenth, where a t test does not', (_, draw) => {
    const random = seededRandom('level');
    let [rejected, peeked] = [0, 0];
    for (let trial = 0; trial < 600; trial++) {
      const values = Array.from({ length: 300 }, () => draw(random));
      if (Number.isFinite(stoppedAt(mixtureSprt(values, options)))) rejected++;
      const isSignificant = (n: number) => {
        const result = pairedTTest(values.slice(0, n));
        return 'p' in result && result.p <= 0.05;
      };
      if (trial < 200 && [30, 50, 80, 120, 170, 230, 300].some(isSignificant)) peeked++;
    }
    expect(rejected / 600).toBeLessThanOrEqual(0.05);
    expect(peeked / 200).toBeGreaterThan(0.1);
  });

  it('stops early on a difference worth finding', () => {
    const random = seededRandom('power');
    const stops = Array.from({ length: 200 }, () =>
      stoppedAt(
        mixtureSprt(
          Array.from({ length: 500 }, () => 0.5 + normal(random)),
          options,
        ),
      ),
    );
    expect(stops.toSorted((a, b) => a - b)[100]).toBeLessThanOrEqual(50);
    expect(stops.every(Number.isFinite)).toBe(true);
  });

  it('goes on from a stored state as if it had never stopped', () => {
    const random = seededRandom('stored');
    const values = Array.from({ length: 60 }, () => 0.3 + normal(random));
    const states = mixtureSprt(values, options);
    let stored: MixtureSprtState | undefined;
    for (const value of values) stored = JSON.parse(JSON.stringify(updateMixtureSprt(stored, value, options)));
    expect(stored).toEqual(states.at(-1));
    expect(mixtureSprt([], options)).toEqual([]);
  });

  it('claims nothing before the burn-in or of values that do not vary, and never takes a claim back', () => {
    const states = mixtureSprt([...Array.from({ length: 29 }, (_, index) => 5 + (index % 2)), 5, 6], options);
    expect(states[28]?.p).toBe(1);
    expect(states[29]?.p).toBeLessThan(1e-9);
    expect(
      mixtureSprt(
        Array.from({ length: 40 }, () => 2),
        options,
      ).at(-1)?.p,
    ).toBe(1);
    const reversed = mixtureSprt([3, 3, 3, -3, -3, -3], { mixtureDeviation: 1, standardDeviation: 1 });
    expect(reversed.at(-1)?.p).toBe(reversed[2]?.p);
  });

  it('refuses what it cannot use', () => {
    expect(() => mixtureSprt([1], { mixtureDeviation: 0 })).toThrow(RangeError);
    expect(() => mixtureSprt([1], { ...options, standardDeviation: 0 })).toThrow(RangeError);
    expect(() => mixtureSprt([1], { ...options, burnIn: 1 })).toThrow(RangeError);
    expect(() => mixtureSprt([1], { ...options, nullMean: Number.NaN })).toThrow(RangeError);
    expect(() => mixtureSprt([Number.NaN], options)).toThrow(RangeError);
  });
});
