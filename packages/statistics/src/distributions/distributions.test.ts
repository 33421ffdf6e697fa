import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  betaCdf,
  betaQuantile,
  chiSquareQuantile,
  chiSquareSurvival,
  normalCdf,
  normalQuantile,
  studentTCdf,
  studentTQuantile,
} from '../index.ts';

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

  // SciPy 1.17, scipy.stats.t.cdf.
  it.each([
    [-2.5, 7, 0.020496109292876444],
    [1.3, 2.5, 0.8497566053646458],
    [-40, 12, 1.925614790386016e-14],
    [-1, 1, 0.25],
  ])('has distribution function at %f with %f degrees equal to %f', (t, degrees, probability) => {
    expect(relative(studentTCdf(t, degrees), probability)).toBeLessThan(1e-12);
  });

  it('has a distribution function that ends in 0 and 1 and the normal one', () => {
    expect(studentTCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0);
    expect(studentTCdf(Number.POSITIVE_INFINITY, 3)).toBe(1);
    expect(studentTCdf(0, 3)).toBe(0.5);
    expect(studentTCdf(1.2, Number.POSITIVE_INFINITY)).toBe(normalCdf(1.2));
    expect(() => studentTCdf(Number.NaN, 3)).toThrow(RangeError);
    expect(() => studentTCdf(1, -1)).toThrow(RangeError);
  });
});

describe('the beta distribution', () => {
  // SciPy 1.17, scipy.stats.beta.cdf.
  it.each([
    [0.3, 2, 5, 0.579825],
    [0.9, 0.5, 0.5, 0.7951672353008665],
    [0.5, 300, 320, 0.789252226767031],
    [1e-4, 0.7, 40, 0.022972882880414845],
  ])('has distribution function at %f with shapes %f and %f equal to %f', (x, a, b, probability) => {
    expect(relative(betaCdf(x, a, b), probability)).toBeLessThan(1e-11);
  });

  // SciPy 1.17, scipy.stats.beta.ppf.
  it.each([
    [0.025, 2, 19, 0.012348527170294808],
    [0.975, 3, 18, 0.31698271401908235],
    [0.5, 0.2, 0.3, 0.23913503614798193],
    [1e-6, 0.1, 5, 1.332100872189538e-61],
    [0.999, 500, 700, 0.46096373383984957],
  ])('has quantile %f with shapes %f and %f equal to %f', (p, a, b, x) => {
    expect(relative(betaQuantile(p, a, b), x)).toBeLessThan(1e-11);
  });

  it('is 0 below and 1 above its range and refuses what is no shape', () => {
    expect([betaCdf(-1, 2, 3), betaCdf(0, 2, 3), betaCdf(1, 2, 3), betaCdf(2, 2, 3)]).toEqual([0, 0, 1, 1]);
    expect(() => betaCdf(0.5, 0, 3)).toThrow(RangeError);
    expect(() => betaCdf(Number.NaN, 1, 3)).toThrow(RangeError);
    expect(() => betaQuantile(1, 2, 3)).toThrow(RangeError);
    expect(() => betaQuantile(0.5, 2, Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

describe('the chi-square distribution', () => {
  // SciPy 1.17, scipy.stats.chi2.ppf.
  it.each([
    [0.95, 1, 3.841458820694124],
    [0.025, 9, 2.7003894999803584],
    [0.999, 40, 73.40195751899103],
    [1e-6, 1, 1.5707963267957187e-12],
  ])('has quantile %f with %i degrees equal to %f', (p, degrees, x) => {
    expect(relative(chiSquareQuantile(p, degrees), x)).toBeLessThan(1e-9);
    expect(chiSquareSurvival(x, degrees)).toBeCloseTo(1 - p, 12);
  });

  it('refuses what is no probability and no degree of freedom', () => {
    expect(() => chiSquareQuantile(0, 3)).toThrow(RangeError);
    expect(() => chiSquareQuantile(0.5, 1.5)).toThrow(RangeError);
  });
});
