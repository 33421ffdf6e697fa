import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { holm } from './holm.ts';

const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe('adjusted p-values', () => {
  it('reject at 5 % what Benjamini and Hochberg (1995) reject in their example', () => {
    const published = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(benjaminiHochberg(published).filter((p) => p <= 0.05)).toHaveLength(4);
    expect(holm(published).filter((p) => p <= 0.05)).toHaveLength(3);
  });

  it('come in the order given', () => {
    const given = [0.01, 0.04, 0.03, 0.005, 0.5];
    // SciPy 1.17, false_discovery_control; Holm by hand.
    expect(benjaminiHochberg(given).map((p) => Number(p.toFixed(12)))).toEqual([0.025, 0.05, 0.05, 0.025, 0.5]);
    expect(holm(given).map((p) => Number(p.toFixed(12)))).toEqual([0.04, 0.09, 0.09, 0.025, 0.5]);
  });

  it('are never smaller than the plain ones, keep their order, and Holm is the stricter', () => {
    fc.assert(
      fc.property(probabilities, (given) => {
        const [shares, anyOf] = [benjaminiHochberg(given), holm(given)];
        for (const [index, p] of given.entries()) {
          expect(shares[index]).toBeGreaterThanOrEqual(p);
          expect(shares[index]).toBeLessThanOrEqual(1);
          expect(anyOf[index]).toBeGreaterThanOrEqual((shares[index] ?? 0) * (1 - 1e-12));
          for (const [other, q] of given.entries()) {
            if (p < q) expect(shares[index]).toBeLessThanOrEqual(shares[other] ?? 0);
            if (p < q) expect(anyOf[index]).toBeLessThanOrEqual(anyOf[other] ?? 0);
          }
        }
      }),
    );
  });

  it('of none are none, and what is no p-value is refused', () => {
    expect([benjaminiHochberg([]), holm([])]).toEqual([[], []]);
    expect(() => benjaminiHochberg([0.1, 1.1])).toThrow(RangeError);
    expect(() => holm([Number.NaN])).toThrow(RangeError);
  });
});
