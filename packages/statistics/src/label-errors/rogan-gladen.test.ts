import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../index.ts';
import { roganGladen } from './rogan-gladen.ts';

const counted = (successes: number, n: number) => ({ successes, n });

function drawn(random: Random, share: number, n: number) {
  return counted(Array.from({ length: n }, random).filter((value) => value < share).length, n);
}

describe('roganGladen', () => {
  it('corrects the share for the errors of the judge', () => {
    const interval = roganGladen({
      positives: counted(60, 200),
      sensitivity: counted(45, 50),
      specificity: counted(92, 100),
    });
    expect(interval).toMatchObject({ n: 200, confidence: 0.95 });
    // (0.3 + 0.92 - 1) / (0.9 + 0.92 - 1); ends by equations 16 and 17 of the paper, computed with NumPy.
    expect(interval && 'estimate' in interval && interval.estimate).toBeCloseTo(0.22 / 0.82, 12);
    expect(interval && 'low' in interval && interval.low).toBeCloseTo(0.17183269694260084, 12);
    expect(interval && 'high' in interval && interval.high).toBeCloseTo(0.36877460190755085, 12);
  });

  it.each([
    [0.1, 0.9, 0.95],
    [0.3, 0.8, 0.85],
    [0.7, 0.75, 0.8],
  ])(
    'covers a true share of %f seen with sensitivity %f and specificity %f in 93 to 97 %% of samples',
    (truth, se, sp) => {
      const random = seededRandom(`rogan ${truth}`);
      let covered = 0;
      for (let trial = 0; trial < 2000; trial++) {
        const interval = roganGladen({
          positives: drawn(random, truth * se + (1 - truth) * (1 - sp), 200),
          sensitivity: drawn(random, se, 60),
          specificity: drawn(random, sp, 60),
        });
        if (interval && 'low' in interval && interval.low <= truth && truth <= interval.high) covered++;
      }
      expect(covered / 2000).toBeGreaterThanOrEqual(0.93);
      expect(covered / 2000).toBeLessThanOrEqual(0.97);
    },
  );

  it('stays within 0 and 1 when fewer are positive than errors explain', () => {
    const interval = roganGladen({
      positives: counted(1, 100),
      sensitivity: counted(90, 100),
      specificity: counted(90, 100),
    });
    expect(interval).toMatchObject({ estimate: 0, low: 0 });
  });

  it('says too few without counts and nothing of a judge no better than chance', () => {
    const good = { positives: counted(5, 10), sensitivity: counted(9, 10), specificity: counted(9, 10) };
    expect(roganGladen({ ...good, positives: counted(0, 0) })).toEqual({ tooFew: true, n: 0 });
    expect(roganGladen({ ...good, sensitivity: counted(0, 0) })).toEqual({ tooFew: true, n: 10 });
    expect(roganGladen({ ...good, sensitivity: counted(1, 10) })).toBeUndefined();
    // Better than chance by the counts, not by the shrunken ones the interval rests on.
    expect(roganGladen({ ...good, sensitivity: counted(2, 2), specificity: counted(1, 100) })).toBeUndefined();
    expect(() => roganGladen({ ...good, specificity: counted(11, 10) })).toThrow(RangeError);
    expect(() => roganGladen({ ...good, confidence: 0 })).toThrow(RangeError);
  });
});
