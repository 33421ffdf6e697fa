import { describe, expect, it } from 'vitest';
import { mcnemarExact } from './mcnemar-exact.ts';

describe('mcnemarExact', () => {
  it.each([
    // Agresti, Categorical Data Analysis, 2nd ed., section 10.1: approval of the prime minister, 86 against 150.
    [86, 150, 3.7e-5, 0.1e-5],
    [0, 5, 2 * 2 ** -5, 1e-15],
    [3, 4, 1, 1e-15],
    [4, 4, 1, 1e-15],
  ])('gives the binomial p-value of %i against %i', (b, c, p, error) => {
    const result = mcnemarExact(b, c);
    expect(result).toMatchObject({ statistic: Math.min(b, c), n: b + c });
    expect(Math.abs(('p' in result ? result.p : Number.NaN) - p)).toBeLessThanOrEqual(error);
    expect(mcnemarExact(c, b)).toEqual(result);
  });

  it('says too few where no pair differs and refuses what is no count', () => {
    expect(mcnemarExact(0, 0)).toEqual({ tooFew: true, n: 0 });
    expect(() => mcnemarExact(-1, 2)).toThrow(RangeError);
    expect(() => mcnemarExact(1.5, 2)).toThrow(RangeError);
  });
});
