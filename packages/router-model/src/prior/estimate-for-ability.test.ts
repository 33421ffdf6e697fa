import { DIMENSIONS, type DimensionScores } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { sigmoid } from '../mathematics/logistic.ts';
import { estimateForAbility } from './estimate-for-ability.ts';

const meanModel = {
  scores: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, { mean: 0.6, spread: 0.1 }])) as DimensionScores,
  outputTokens: 300,
};
const accuracyAt = (mean: number, variance: number) =>
  estimateForAbility(meanModel, { mean, variance }, ['factual_accuracy']).scores.factual_accuracy;

describe('estimateForAbility', () => {
  it('gives the mean model back when there is no difference', () => {
    const { mean, spread } = accuracyAt(0, 0);
    expect([mean, spread]).toEqual([expect.closeTo(0.6, 10), expect.closeTo(0.1, 10)]);
  });

  it('expects more of more able models, in every dimension', () => {
    const [weak, strong] = [-1, 1].map((mean) =>
      estimateForAbility(meanModel, { mean, variance: 0.2 }, ['factual_accuracy']),
    );
    for (const dimension of DIMENSIONS)
      expect(strong?.scores[dimension].mean).toBeGreaterThan(weak?.scores[dimension].mean ?? 1);
  });

  it('carries what is not known of the ability into every spread', () => {
    const [sure, unsure] = [0.01, 1].map((variance) =>
      estimateForAbility(meanModel, { mean: 0, variance }, ['factual_accuracy']),
    );
    for (const dimension of DIMENSIONS)
      expect(unsure?.scores[dimension].spread).toBeGreaterThan(sure?.scores[dimension].spread ?? 1);
  });

  it('agrees with averaging over the abilities there may be', () => {
    for (const shift of [-2, 0, 1.5])
      for (const variance of [0.1, 0.4, 1.2]) {
        const steps = Array.from({ length: 2_001 }, (_, n) => -6 + (12 * n) / 2_000);
        const density = steps.map((z) => Math.exp((-z * z) / 2));
        const total = density.reduce((a, b) => a + b, 0);
        const expected = steps.reduce(
          (sum, z, n) => sum + ((density[n] ?? 0) / total) * sigmoid(Math.log(1.5) + shift + z * Math.sqrt(variance)),
          0,
        );
        expect(Math.abs(accuracyAt(shift, variance).mean - expected)).toBeLessThan(0.01);
      }
  });
});
