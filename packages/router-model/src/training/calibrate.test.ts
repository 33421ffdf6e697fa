import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { calibrate, type HeldOutPrediction } from './calibrate.ts';
import { isCovered, luckShare, requestError } from './request-errors.ts';

const MODELS = 20;

/** Requests whose true chance lies `hidden` above or below the predicted one, with `MODELS` coin flips each. */
function flips(count: number, hidden: number, seed: number): HeldOutPrediction[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (): HeldOutPrediction => {
    const mean = 0.4 + 0.2 * random();
    const chance = mean + (random() < 0.5 ? hidden : -hidden);
    return {
      kind: 0,
      familiarity: 1,
      outcomes: Array.from({ length: MODELS }, () => (random() < chance ? 1 : 0)),
      means: Array.from({ length: MODELS }, () => mean),
      spreads: Array.from({ length: MODELS }, () => 0),
    };
  });
}

describe('calibrate', () => {
  it('tells difficulty that models share from their luck', () => {
    const shareOf = (hidden: number): number => calibrate(flips(3_000, hidden, 1), [], 1).hiddenShare[0] ?? Number.NaN;
    // sd 0.2 around chances near 0.5: a variance of 0.04 out of about 0.247.
    expect(shareOf(0.2)).toBeCloseTo(0.04 / 0.247, 1);
    expect(shareOf(0)).toBeLessThan(0.03);
  });

  it('covers new requests at the nominal rate', () => {
    const { hiddenShare, varianceScale } = calibrate(flips(3_000, 0.2, 1), [], 1);
    const errors = flips(3_000, 0.2, 2).map(({ outcomes, means }) => {
      const spread = (p: number) => Math.sqrt((varianceScale[0] ?? 0) * (hiddenShare[0] ?? 0) * p * (1 - p));
      return requestError(outcomes, means, means.map(spread));
    });
    const luck = luckShare(errors);
    const covered = errors.filter((error) => isCovered(error, luck)).length / errors.length;
    expect(covered).toBeGreaterThan(0.88);
    expect(covered).toBeLessThan(0.93);
  });

  it('pulls over-confident predictions back', () => {
    const confident = flips(2_000, 0, 3).map((prediction) => ({
      ...prediction,
      means: prediction.means.map((mean) => (mean > 0.5 ? 0.9 : 0.1)),
    }));
    // Chances between 0.4 and 0.6 were called 0.1 and 0.9.
    expect(calibrate(confident, [], 1).slope).toBeLessThan(0.2);
  });

  it('widens what is unfamiliar by what strangers showed', () => {
    const strangers = flips(1_000, 0.3, 4).map((prediction) => ({ ...prediction, familiarity: 0 }));
    const { unfamiliarVariance } = calibrate(flips(2_000, 0.1, 5), strangers, 1);
    expect(unfamiliarVariance).toBeCloseTo(0.09 - 0.01, 1);
    expect(unfamiliarVariance).toBeGreaterThan(0.05);
  });
});
