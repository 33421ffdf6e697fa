import { addSums, type RollupSums } from '@pointsman/db';
import { describe, expect, it } from 'vitest';
import { figuresOf } from './figures-of.ts';

const sums = (changes: Partial<RollupSums>): RollupSums => ({ ...addSums([]), ...changes });

describe('the figures of sums', () => {
  it('have no value where nothing is known, never zero', () => {
    const { quality, saved, oversized, errors } = figuresOf(sums({}));
    for (const measured of [quality, saved.nanoUsd, saved.share, oversized, errors]) {
      expect(measured).toEqual({ count: 0 });
    }
  });

  it('have a value but no interval below thirty decisions', () => {
    const few = sums({ qualityCount: 29, qualitySumPpm: 29 * 800_000, qualityVarianceSumPpm: 29 * 6400 });
    expect(figuresOf(few).quality).toEqual({ value: 0.8, count: 29 });
  });

  it('narrow the interval of quality with the root of the number of decisions', () => {
    const width = (count: number) => {
      const { interval } = figuresOf(
        sums({ qualityCount: count, qualitySumPpm: count * 800_000, qualityVarianceSumPpm: count * 10_000 }),
      ).quality;
      return (interval?.high ?? Number.NaN) - (interval?.low ?? Number.NaN);
    };
    // Spread 0.1, a hundred decisions: standard error 0.01.
    expect(width(100)).toBeCloseTo(2 * 1.96 * 0.01, 4);
    expect(width(100) / width(400)).toBeCloseTo(2, 6);
  });

  it('say what was saved, in money and as a share of what the strongest would have cost', () => {
    const { saved } = figuresOf(
      sums({
        strongestCount: 100,
        strongestCostNanoUsd: 10_000_000_000,
        strongestPaidNanoUsd: 2_000_000_000,
        // Each missed by 10,000 millionths of a dollar: together by 0.1 dollars.
        strongestVarianceMicroUsd2: 100 * 10_000 ** 2,
      }),
    );
    expect(saved.nanoUsd.value).toBe(8_000_000_000);
    expect(saved.nanoUsd.interval?.low).toBeCloseTo(8e9 - 1.959964e8, -5);
    expect(saved.share.value).toBe(0.8);
    expect(saved.share.interval?.low).toBeCloseTo(1 - 2 / (10 - 0.1959964), 6);
    expect(saved.share.interval?.high).toBeCloseTo(1 - 2 / (10 + 0.1959964), 6);
  });

  it('read expected shares from sums of probabilities', () => {
    const { oversized, undersized } = figuresOf(
      sums({ barCount: 1000, oversizedSumPpm: 250_000_000, undersizedSumPpm: 0 }),
    );
    expect(oversized.value).toBe(0.25);
    expect(oversized.interval?.low).toBeGreaterThan(0.22);
    expect(undersized).toMatchObject({ value: 0, interval: { low: 0 } });
  });

  it('count errors among the requests that were not refused', () => {
    const { errors } = figuresOf(sums({ requests: 150, answered: 90, refused: 50, failed: 10 }));
    expect(errors).toMatchObject({ value: 0.1, count: 100 });
  });
});
