import { describe, expect, it } from 'vitest';
import { measureHull, type Reference } from './hull-measures.ts';

const CHEAPEST = { cost: 1, quality: 0.5 };
const STRONGEST = { cost: 5, quality: 0.9 };
const REFERENCE: Reference = {
  cheapest: CHEAPEST,
  strongest: STRONGEST,
  dearestCost: 5,
  models: [CHEAPEST, STRONGEST],
  oracle: [{ cost: 1, quality: 0.9 }],
};

describe('measureHull', () => {
  it('measures area, gap and savings of a hull', () => {
    // Areas from 1 to 5: this hull 1.3 + 1.7 = 3.0, the zero router 2.8, the oracle 3.6.
    const measured = measureHull([{ cost: 3, quality: 0.8 }], REFERENCE);
    expect(measured.averageQuality).toBeCloseTo(3 / 4);
    expect(measured.gapClosed).toBeCloseTo(0.2 / 0.8);
    expect(measured.savings[0]).toBeCloseTo(0);
    // 99 % is 0.891: 0.91 of the way from 3 to 5.
    expect(measured.savings[1]).toBeCloseTo(1 - 4.82 / 5);
    // 95 % is 0.855: 0.55 of the way.
    expect(measured.savings[2]).toBeCloseTo(1 - 4.1 / 5);
  });

  it('gives a method that is no better than single models none of the gap', () => {
    expect(measureHull([CHEAPEST], REFERENCE).gapClosed).toBeCloseTo(0);
  });

  it('gives the oracle the whole gap', () => {
    expect(measureHull(REFERENCE.oracle, REFERENCE).gapClosed).toBeCloseTo(1);
  });

  it('counts a hull below the zero router against the method', () => {
    const models = [CHEAPEST, { cost: 2, quality: 0.85 }, STRONGEST];
    // The zero router has 0.675 + 2.625 = 3.3 of the oracle's 3.6, the method the straight line's 2.8.
    expect(measureHull([], { ...REFERENCE, models }).gapClosed).toBeCloseTo(-0.5 / 0.3);
  });
});
