import { describe, expect, it } from 'vitest';
import { normalQuantile, seededRandom } from '../index.ts';
import { intraclassCorrelation } from './intraclass-correlation.ts';

describe('intraclassCorrelation', () => {
  it('gives the published values of Shrout and Fleiss (1979), table 4', () => {
    const result = intraclassCorrelation([
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ]);
    expect(result?.icc1).toBeCloseTo(0.17, 2);
    expect(result?.iccK).toBeCloseTo(0.44, 2);
    expect(result?.raters).toBe(4);
    expect(result?.ceiling).toBeCloseTo(Math.sqrt(result?.iccK ?? 0), 15);
  });

  it('recovers the share of variance between units from unequal numbers of ratings', () => {
    const random = seededRandom('icc');
    const normal = () => normalQuantile(random());
    const units = Array.from({ length: 3000 }, (_, unit) => {
      const truth = Math.sqrt(0.6) * normal();
      return Array.from({ length: unit % 5 }, () => truth + Math.sqrt(0.4) * normal());
    });
    const result = intraclassCorrelation(units);
    expect(Math.abs((result?.icc1 ?? 0) - 0.6)).toBeLessThan(0.02);
    // Spearman and Brown's formula links the two for any number of raters.
    const { icc1 = 0, iccK = 0, raters = 0 } = result ?? {};
    expect(iccK).toBeCloseTo((raters * icc1) / (1 + (raters - 1) * icc1), 12);
    // 600 units each of 0 to 4 ratings: N = 6000, sum of squares 18000, 2400 units rated.
    expect(raters).toBeCloseTo((6000 - 18000 / 6000) / 2399, 12);
  });

  it('is negative, with a ceiling of 0, when raters differ more within units than between', () => {
    const result = intraclassCorrelation([
      [1, 5],
      [5, 1.5],
      [1, 5],
    ]);
    expect(result?.icc1).toBeLessThan(0);
    expect(result?.ceiling).toBe(0);
  });

  it('does not exist for one unit, single ratings or equal means, and refuses what is no number', () => {
    expect(intraclassCorrelation([[1, 2, 3]])).toBeUndefined();
    expect(intraclassCorrelation([[1], [2], []])).toBeUndefined();
    expect(
      intraclassCorrelation([
        [0.1, 0.2, 0.3],
        [0.3, 0.2, 0.1],
      ]),
    ).toBeUndefined();
    expect(() => intraclassCorrelation([[1, Number.NaN], [2]])).toThrow(RangeError);
  });
});
