import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile, studentTQuantile } from './index.ts';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

describe('the standard normal distribution', () => {
  // SciPy 1.17, scipy.stats.norm.cdf.
  it.each([
    [-37, 5.725571222524576e-300],
    [-10, 7.61985302416e-24],
    [-5, 2.866515718791939e-7],
    [-1.959963984540054, 0.025],
    [0, 0.5],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [3, 0.9986501019683699],
  ])('has distribution function at %f equal to %f', (z, probability) => {
    expect(relative(normalCdf(z), probability)).toBeLessThan(1e-10);
  });

  it('is 0 and 1 at the infinities and stays NaN', () => {
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });

  // The test values that Wichura (1988) prints with the algorithm.
  it.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.26234008979841],
  ])('has quantile %f equal to %f', (p, z) => {
    expect(relative(normalQuantile(p), z)).toBeLessThan(1e-15);
  });

  it('has infinite quantiles at 0 and 1 and none outside', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(() => normalQuantile(1.1)).toThrow(RangeError);
    expect(() => normalQuantile(Number.NaN)).toThrow(RangeError);
  });

  it('has a quantile that inverts the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 5, noNaN: true }), (z) => {
        expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 8);
      }),
    );
  });
});

describe("Student's t distribution", () => {
  // NIST/SEMATECH e-Handbook, table 1.3.6.7.2, with the digits of SciPy 1.17.
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749464],
    [0.975, 10, 2.2281388519862744],
    [0.95, 30, 1.6972608865939574],
    [0.995, 100, 2.6258905214380173],
    [0.9, 5.5, 1.4559770334640723],
  ])('has quantile %f with %f degrees of freedom equal to %f', (p, degrees, t) => {
    expect(relative(studentTQuantile(p, degrees), t)).toBeLessThan(1e-9);
  });

  it('is symmetric and approaches the normal distribution', () => {
    expect(studentTQuantile(0.025, 7)).toBe(-studentTQuantile(0.975, 7));
    expect(studentTQuantile(0.5, 3)).toBe(0);
    expect(studentTQuantile(0.975, 1e6)).toBeCloseTo(normalQuantile(0.975), 5);
    expect(studentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.975));
  });

  it('refuses what is no probability and no degree of freedom', () => {
    expect(() => studentTQuantile(0, 3)).toThrow(RangeError);
    expect(() => studentTQuantile(0.9, 0)).toThrow(RangeError);
  });
});
