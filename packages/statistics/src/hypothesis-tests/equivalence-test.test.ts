import { describe, expect, it } from 'vitest';
import { studentTQuantile } from '../index.ts';
import { equivalenceTest } from './equivalence-test.ts';

const question = { estimate: 0.02, standardError: 0.03, degrees: 40, low: -0.1, high: 0.1 };

describe('equivalenceTest', () => {
  it('is equivalent at level alpha exactly when the 1 - 2 alpha interval lies between the margins', () => {
    const margin = studentTQuantile(0.95, 40) * 0.03;
    const at = (high: number) => equivalenceTest({ ...question, high }).p;
    expect(at(0.02 + margin)).toBeCloseTo(0.05, 9);
    expect(at(0.02 + margin + 0.001)).toBeLessThan(0.05);
    expect(at(0.02 + margin - 0.001)).toBeGreaterThan(0.05);
  });

  it('tests both margins and answers for the harder one', () => {
    const result = equivalenceTest(question);
    expect(result.statistic).toBeCloseTo(-0.08 / 0.03, 12);
    expect(result.p).toBe(result.pHigh);
    expect(result.pLow).toBeLessThan(result.pHigh);
    const mirrored = equivalenceTest({ ...question, estimate: -0.02 });
    expect(mirrored.statistic).toBeCloseTo(0.08 / 0.03, 12);
    expect(mirrored.p).toBeCloseTo(result.p, 14);
    expect(mirrored.p).toBe(mirrored.pLow);
  });

  it('finds nothing equivalent on or beyond a margin', () => {
    expect(equivalenceTest({ ...question, estimate: 0.1 }).p).toBe(0.5);
    expect(equivalenceTest({ ...question, estimate: 0.2 }).p).toBeGreaterThan(0.99);
    const certain = { ...question, standardError: 0 };
    expect(equivalenceTest(certain).p).toBe(0);
    expect(equivalenceTest({ ...certain, estimate: 0.2 }).p).toBe(1);
    expect(equivalenceTest({ ...certain, estimate: 0.1 }).p).toBe(0.5);
  });

  it('tests one side only when the other margin is infinite', () => {
    const result = equivalenceTest({ ...question, low: Number.NEGATIVE_INFINITY });
    expect(result.pLow).toBe(0);
    expect(result.p).toBe(equivalenceTest(question).pHigh);
  });

  it.each([
    { estimate: Number.NaN },
    { standardError: -1 },
    { standardError: Number.NaN },
    { degrees: 0 },
    { low: 0.1 },
    { high: Number.NaN },
  ])('refuses %o', (wrong) => {
    expect(() => equivalenceTest({ ...question, ...wrong })).toThrow(RangeError);
  });
});
