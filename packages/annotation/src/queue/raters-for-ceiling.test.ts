import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratersForCeiling } from './raters-for-ceiling.ts';

describe('ratersForCeiling', () => {
  it('asks for five raters of reliability 0.5 to reach a ceiling of 0.9', () => {
    // R = 0.81: k = 0.81 x 0.5 / (0.5 x 0.19) = 4.26.
    const found = ratersForCeiling({ icc: 0.5, ceiling: 0.9, most: 12 });
    expect(found.raters).toBe(5);
    expect(found.expectedCeiling).toBeCloseTo(Math.sqrt(2.5 / 3), 10);
  });

  it('takes one rater where one is reliable enough, and says what the most allowed are worth', () => {
    expect(ratersForCeiling({ icc: 0.85, ceiling: 0.9, most: 5 }).raters).toBe(1);
    const short = ratersForCeiling({ icc: 0.2, ceiling: 0.95, most: 3 });
    expect(short.raters).toBe(3);
    expect(short.expectedCeiling).toBeCloseTo(Math.sqrt(0.6 / 1.4), 10);
  });

  it('never asks for more raters than the ceiling takes, nor fewer', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 0.5, max: 0.98, noNaN: true }),
        (icc, ceiling) => {
          const reached = (raters: number) => Math.sqrt((raters * icc) / (1 + (raters - 1) * icc));
          const { raters } = ratersForCeiling({ icc, ceiling, most: 10_000 });
          expect(reached(raters)).toBeGreaterThan(ceiling - 1e-6);
          if (raters > 1) expect(reached(raters - 1)).toBeLessThan(ceiling);
        },
      ),
    );
  });

  it('refuses a reliability that no number of raters mends', () => {
    expect(() => ratersForCeiling({ icc: 0, ceiling: 0.9, most: 5 })).toThrow(RangeError);
    expect(() => ratersForCeiling({ icc: 0.5, ceiling: 1, most: 5 })).toThrow(RangeError);
  });
});
