import { describe, expect, it } from 'vitest';
import { meanInterval, normalQuantile, seededRandom } from '../index.ts';
import { asymptoticConfidenceSequence } from './asymptotic-confidence-sequence.ts';

describe('asymptoticConfidenceSequence', () => {
  const random = seededRandom('sequence');
  const normals = (n: number) => Array.from({ length: n }, () => normalQuantile(random() || 0.5));

  it('has the margin of its formula', () => {
    // t = 4 values of variance 1, tightest at 4: r = (5.99146 + ln 5.99146 + 1) / 4 = 2.19545.
    const rate = (-2 * Math.log(0.05) + Math.log(-2 * Math.log(0.05)) + 1) / 4;
    expect(rate).toBeCloseTo(2.19545, 5);
    const spread = Math.sqrt(3) / 2;
    const interval = asymptoticConfidenceSequence([-spread, spread, -spread, spread], { tightestAt: 4, fewest: 4 });
    const margin = Math.sqrt(((2 * (4 * rate + 1)) / (16 * rate)) * Math.log(Math.sqrt(4 * rate + 1) / 0.05));
    expect(interval).toMatchObject({ n: 4, confidence: 0.95 });
    expect('high' in interval && interval.high).toBeCloseTo(margin, 12);
    expect('low' in interval && interval.low).toBeCloseTo(-margin, 12);
  });

  it('covers the mean at all looks after every tenth in 95 % of runs, where t intervals do not', () => {
    let [missed, naive] = [0, 0];
    for (let run = 0; run < 1000; run++) {
      const values = normals(300);
      const looks = Array.from({ length: 28 }, (_, look) => values.slice(0, 30 + 10 * look));
      const misses = (interval: (values: readonly number[]) => object) =>
        looks.some((seen) => {
          const { low, high } = { low: 0, high: 0, ...interval(seen) };
          return low > 0 || high < 0;
        });
      if (misses((seen) => asymptoticConfidenceSequence(seen))) missed++;
      if (run < 200 && misses((seen) => meanInterval(seen))) naive++;
    }
    expect(missed / 1000).toBeLessThanOrEqual(0.05);
    expect(naive / 200).toBeGreaterThan(0.1);
  });

  it('is at most twice as wide as the interval for a single look, where it is tightest', () => {
    const values = normals(100);
    const width = (interval: object) => {
      const { low, high } = { low: 0, high: Number.POSITIVE_INFINITY, ...interval };
      return high - low;
    };
    expect(width(asymptoticConfidenceSequence(values))).toBeLessThan(2 * width(meanInterval(values)));
    const others = [10, 1000].map((tightestAt) => width(asymptoticConfidenceSequence(values, { tightestAt })));
    for (const other of others) expect(other).toBeGreaterThan(width(asymptoticConfidenceSequence(values)));
  });

  it('says too few before the variance is known and refuses what it cannot use', () => {
    expect(asymptoticConfidenceSequence(normals(29))).toEqual({ tooFew: true, n: 29 });
    expect(asymptoticConfidenceSequence([], { fewest: 0 })).toEqual({ tooFew: true, n: 0 });
    expect(() => asymptoticConfidenceSequence([1], { confidence: 1 })).toThrow(RangeError);
    expect(() => asymptoticConfidenceSequence([1], { tightestAt: 0 })).toThrow(RangeError);
    expect(() => asymptoticConfidenceSequence([Number.NaN])).toThrow(RangeError);
  });
});
