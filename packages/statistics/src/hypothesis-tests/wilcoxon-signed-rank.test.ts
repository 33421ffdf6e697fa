import { describe, expect, it } from 'vitest';
import { normalQuantile, seededRandom } from '../index.ts';
import { wilcoxonSignedRank } from './wilcoxon-signed-rank.ts';

function resultOf(differences: readonly number[]) {
  const result = wilcoxonSignedRank(differences);
  if ('tooFew' in result) throw new Error(`too few: ${result.n}`);
  return result;
}

describe('wilcoxonSignedRank', () => {
  it('is exact without ties, as SciPy 1.17', () => {
    const result = resultOf([1.1, -0.4, 2.3, 0.7, 0.2, -1.9, 0.9, 1.4, 3.1, -0.6, 0.05, 1.7]);
    expect(result).toMatchObject({ statistic: 17, n: 12 });
    expect(result.p).toBeCloseTo(0.09228515625, 14);
  });

  it('is exact with ties and without the zeros, as enumerating all signs is', () => {
    // SciPy 1.17, wilcoxon(..., method=PermutationMethod()) of the ten that are not 0.
    const differences = [1, 1, 2, -1, 3, 3, -2, 4, 0, 0, 1, 5];
    expect(resultOf(differences)).toMatchObject({ statistic: 8, n: 10 });
    expect(resultOf(differences).p).toBeCloseTo(0.052734375, 14);
    // Thirds that differ only in the last bits are the same difference.
    const thirds = differences.map((difference) => 4 + difference / 3 - 4);
    expect(new Set(thirds.map(Math.abs)).size).toBeGreaterThan(6);
    expect(resultOf(thirds).p).toBe(resultOf(differences).p);
  });

  it('is approximate for many, allowing for ties, as SciPy 1.17', () => {
    const differences = [
      -4, 1, 7, -1, 3, 8, -1, 2, 6, 3, 5, -2, 4, 5, -3, 2, 9, 0, 4, 10, 0, 3, -2, 4, 6, 0, 5, 6, -1, 3, 10, 2, 5, 1, 2,
      4, -1, 6, 7, 1, 7, -3, 0, 5, 1, 3, 7, 2, 3, 6, 0, 7, -2, 2, 8, -2, 1, 6, 2, 4,
    ];
    const result = resultOf(differences);
    expect(result).toMatchObject({ statistic: 160.5, n: 55 });
    expect(result.p / 3.0752304685620835e-7).toBeCloseTo(1, 6);
  });

  it('rejects true symmetry at most as often as its level says, also for coarse scores', () => {
    const random = seededRandom('wilcoxon');
    let rejected = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const coarse = Array.from({ length: 20 }, () => Math.round(1.2 * normalQuantile(random())));
      const result = wilcoxonSignedRank(coarse);
      if ('p' in result && result.p <= 0.05) rejected++;
    }
    expect(rejected / 2000).toBeGreaterThan(0.025);
    expect(rejected / 2000).toBeLessThan(0.055);
  });

  it('says too few where all are 0 and refuses what is no number', () => {
    expect(wilcoxonSignedRank([0, 0])).toEqual({ tooFew: true, n: 0 });
    expect(wilcoxonSignedRank([])).toEqual({ tooFew: true, n: 0 });
    expect(() => wilcoxonSignedRank([Number.POSITIVE_INFINITY])).toThrow(RangeError);
  });
});
