import { DIMENSIONS, type DimensionScores } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { observedOverallScore, overallScore } from './overall-score.ts';

const estimates = Object.fromEntries(
  DIMENSIONS.map((dimension, d) => [dimension, { mean: d / 10, spread: (d + 1) / 100 }]),
) as DimensionScores;
const observed = Object.fromEntries(DIMENSIONS.map((dimension, d) => [dimension, d / 10]));

describe('the overall score', () => {
  it.each([{}, { tone: 0 }, { tone: 3 }, { factual_accuracy: 1, safety: 3 }])(
    'weighs what is expected as what was observed, by %j',
    (weights) => {
      expect(observedOverallScore(observed, weights)).toBeCloseTo(overallScore(estimates, weights).mean, 12);
    },
  );

  it('is the mean of all dimensions unless weights are given', () => {
    expect(overallScore(estimates, {})).toEqual({ mean: expect.closeTo(0.25, 12), spread: expect.closeTo(0.035, 12) });
    expect(overallScore(estimates, { tone: 3 })).toEqual({
      mean: expect.closeTo(0.4, 12),
      spread: expect.closeTo(0.05, 12),
    });
  });

  it('is that of the scored dimensions, and none where nothing the policy looks at was scored', () => {
    expect(observedOverallScore({ relevance: 1, tone: 0 }, {})).toBe(0.5);
    expect(observedOverallScore({ relevance: 1, tone: 0 }, { relevance: 3, tone: 1, safety: 9 })).toBe(0.75);
    expect(observedOverallScore({ relevance: 1 }, { tone: 1 })).toBeUndefined();
    expect(observedOverallScore({}, {})).toBeUndefined();
  });
});
