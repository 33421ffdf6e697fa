import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bootstrapInterval,
  conformalQuantile,
  type Interval,
  mean,
  meanInterval,
  normalQuantile,
  pairedDifferenceInterval,
  proportionInterval,
  seededRandom,
  spearman,
  standardErrorOfMean,
} from './index.ts';

function ends(interval: Interval): [number, number] {
  if ('tooFew' in interval) throw new Error(`too few: ${interval.n}`);
  return [interval.low, interval.high];
}

describe('proportionInterval', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("gives Newcombe's published interval for %i of %i", (successes, n, low, high) => {
    const [actualLow, actualHigh] = ends(proportionInterval(successes, n));
    expect(actualLow).toBeCloseTo(low, 4);
    expect(actualHigh).toBeCloseTo(high, 4);
  });

  it('says too few of nothing and refuses impossible counts', () => {
    expect(proportionInterval(0, 0)).toEqual({ tooFew: true, n: 0 });
    expect(() => proportionInterval(3, 2)).toThrow(RangeError);
    expect(() => proportionInterval(1.5, 2)).toThrow(RangeError);
    expect(() => proportionInterval(1, 2, 1)).toThrow(RangeError);
  });

  it('contains the estimate and stays within 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const successes = Math.round(n * share);
        const [low, high] = ends(proportionInterval(successes, n));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / n);
        expect(high).toBeGreaterThanOrEqual(successes / n);
      }),
    );
  });
});

describe('meanInterval', () => {
  it('gives the t interval of a textbook example', () => {
    // Student's own sleep data (1908), drug 2 minus drug 1: R, t.test(..., paired = TRUE).
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const interval = pairedDifferenceInterval(first, second);
    expect(interval).toMatchObject({ n: 10, confidence: 0.95 });
    const [low, high] = ends(interval);
    expect(low).toBeCloseTo(0.7001142, 6);
    expect(high).toBeCloseTo(2.4598858, 6);
  });

  it('says too few below two values and refuses pairs of unequal length', () => {
    expect(meanInterval([3])).toEqual({ tooFew: true, n: 1 });
    expect(() => pairedDifferenceInterval([1], [1, 2])).toThrow(RangeError);
  });
});

describe('bootstrapInterval', () => {
  const rows = Array.from({ length: 40 }, (_, index) => ({ cost: 1 + (index % 7), tokens: 10 + index }));
  const ratio = (drawn: readonly { cost: number; tokens: number }[]) =>
    drawn.reduce((sum, row) => sum + row.cost, 0) / drawn.reduce((sum, row) => sum + row.tokens, 0);

  it('gives the same interval for the same seed and another for another', () => {
    const interval = (seed: number) => bootstrapInterval(rows, ratio, { seed });
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1)).not.toEqual(interval(2));
  });

  it('agrees with the t interval on the mean of near-normal values', () => {
    const values = Array.from({ length: 200 }, (_, index) => normalQuantile((index + 0.5) / 200));
    const [low, high] = ends(bootstrapInterval(values, mean, { seed: 3, resamples: 4000 }));
    const [tLow, tHigh] = ends(meanInterval(values));
    expect(Math.abs(low - tLow)).toBeLessThan(0.01);
    expect(Math.abs(high - tHigh)).toBeLessThan(0.01);
  });

  it('draws the rows of a group together, so that copies of a row add no certainty', () => {
    const copies = rows.flatMap((row, group) => Array.from({ length: 9 }, () => ({ ...row, group: String(group) })));
    const once = ends(bootstrapInterval(rows, ratio, { seed: 5 }));
    const grouped = bootstrapInterval(copies, ratio, { seed: 5, groupOf: (row) => row.group });
    expect(grouped).toMatchObject({ n: 40 });
    expect(ends(grouped)[0]).toBeCloseTo(once[0], 12);
    const [low, high] = ends(bootstrapInterval(copies, ratio, { seed: 5 }));
    expect(high - low).toBeLessThan((once[1] - once[0]) / 2);
  });

  it('says too few for few units, and where the statistic does not exist', () => {
    expect(bootstrapInterval(rows.slice(0, 9), ratio, { seed: 1 })).toEqual({ tooFew: true, n: 9 });
    expect(bootstrapInterval(rows, () => undefined, { seed: 1 })).toEqual({ tooFew: true, n: 40 });
    const constant = rows.map(() => [1, 1] as const);
    const correlation = (pairs: readonly (readonly [number, number])[]) =>
      spearman(
        pairs.map(([x]) => x),
        pairs.map(([, y]) => y),
      );
    expect(bootstrapInterval(constant, correlation, { seed: 1 })).toEqual({ tooFew: true, n: 40 });
    // Exists on the whole, but on few resamples: the one row that varies is drawn in two thirds of them.
    const oneVaries = rows.map((_, index) => (index === 0 ? ([2, 2] as const) : ([1, 1] as const)));
    expect(bootstrapInterval(oneVaries, correlation, { seed: 1 })).toEqual({ tooFew: true, n: 40 });
  });

  it('studentised is far off centre for skewed values, and says too few where its error does not exist', () => {
    const random = seededRandom('studentised');
    const skewed = Array.from({ length: 30 }, () => -Math.log(1 - random()));
    const interval = (values: readonly number[], standardError = standardErrorOfMean((value: number) => value)) =>
      bootstrapInterval(values, mean, { seed: 4, method: 'bootstrap-t', standardError });
    const [low, high] = ends(interval(skewed));
    const centre = mean(skewed);
    expect(high - centre).toBeGreaterThan(1.3 * (centre - low));
    expect(centre).toBeGreaterThan(low);
    expect(interval(skewed.map(() => 1))).toEqual({ tooFew: true, n: 30 });
    expect(interval(skewed, () => undefined)).toEqual({ tooFew: true, n: 30 });
    // Without an error on the third of resamples that lack the one value that varies.
    expect(interval(skewed.map((_, index) => (index === 0 ? 2 : 1)))).toEqual({ tooFew: true, n: 30 });
  });

  it('lets some of many units stand for all when it corrects for skewness', () => {
    const random = seededRandom('skewed');
    const skewed = Array.from({ length: 4000 }, () => (1 - random()) ** -0.3);
    const corrected = bootstrapInterval(skewed, mean, { seed: 8, resamples: 1000 });
    const plain = bootstrapInterval(skewed, mean, { seed: 8, resamples: 1000, method: 'percentile' });
    // Skewed to the right: both ends move right, and not by more than a fifth of the width.
    const [width, shifts] = [
      ends(plain)[1] - ends(plain)[0],
      ends(corrected).map((end, at) => end - (ends(plain)[at] ?? 0)),
    ];
    for (const shift of shifts) expect(Math.abs(shift)).toBeLessThan(width / 5);
    expect(ends(corrected)[1]).toBeGreaterThan(ends(plain)[1]);
  });

  it('gives a statistic that never varies an interval of no width', () => {
    expect(ends(bootstrapInterval(rows, () => 4, { seed: 1 }))).toEqual([4, 4]);
  });
});

describe('conformalQuantile', () => {
  it('is the order statistic with the finite-sample correction', () => {
    const scores = Array.from({ length: 19 }, (_, index) => index + 1);
    expect(conformalQuantile(scores, 0.95)).toBe(19);
    expect(conformalQuantile(scores, 0.9)).toBe(18);
    expect(conformalQuantile(scores.slice(1), 0.95)).toBeUndefined();
    expect(() => conformalQuantile(scores, 1)).toThrow(RangeError);
  });

  it('covers a new exchangeable score at least as often as promised, and hardly more', () => {
    const random = seededRandom('conformal');
    const trials = 4000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const bound = conformalQuantile(Array.from({ length: 39 }, random), 0.9) ?? Number.POSITIVE_INFINITY;
      if (random() <= bound) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.885);
    expect(covered / trials).toBeLessThan(0.92);
  });
});
