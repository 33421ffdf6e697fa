import { describe, expect, it } from 'vitest';
import { normalQuantile, seededRandom } from '../index.ts';
import { pairedTTest } from './paired-t-test.ts';

function pOf(differences: readonly number[]): number {
  const result = pairedTTest(differences);
  if ('tooFew' in result) throw new Error(`too few: ${result.n}`);
  return result.p;
}

describe('pairedTTest', () => {
  it("gives the textbook result on Student's sleep data", () => {
    // Student (1908), drug 2 minus drug 1; R: t = 4.0621, df = 9, p-value = 0.002833.
    const result = pairedTTest([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]);
    expect(result).toMatchObject({ n: 10 });
    expect('statistic' in result && result.statistic).toBeCloseTo(4.0621, 4);
    expect(pOf([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4])).toBeCloseTo(0.002833, 6);
  });

  it('rejects true equality about as often as its level says', () => {
    const random = seededRandom('paired t');
    let rejected = 0;
    for (let trial = 0; trial < 4000; trial++) {
      if (pOf(Array.from({ length: 7 }, () => normalQuantile(random()))) <= 0.05) rejected++;
    }
    expect(rejected / 4000).toBeGreaterThan(0.04);
    expect(rejected / 4000).toBeLessThan(0.06);
  });

  it('claims of differences without spread only what their number allows', () => {
    expect(pairedTTest([0, 0, 0])).toEqual({ statistic: 0, p: 1, n: 3 });
    expect(pOf([1, 1, 1])).toBe(0.25);
    expect(pOf([0.3 - 0.2, 0.2 - 0.1, 1.1 - 1])).toBe(0.25);
    expect(pOf(Array.from({ length: 50 }, () => -2))).toBe(2 ** -49);
    const { statistic } = { statistic: 0, ...pairedTTest([-2, -2]) };
    expect(statistic).toBeLessThan(-1e12);
    expect(Number.isFinite(statistic)).toBe(true);
  });

  it('says too few below two and refuses what is no number', () => {
    expect(pairedTTest([])).toEqual({ tooFew: true, n: 0 });
    expect(pairedTTest([3])).toEqual({ tooFew: true, n: 1 });
    expect(() => pairedTTest([1, Number.NaN])).toThrow(RangeError);
  });
});
