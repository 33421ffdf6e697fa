import { DIMENSIONS, type Dimension, type DimensionScores, type ScoreEstimate } from '@pointsman/contracts';

/**
 * The policy's weighted mean of the six dimensions; equal weights when none are given.
 * The dimensions' errors are taken as fully correlated, so the spread is the weighted mean of the spreads: never too narrow.
 */
export function overallScore(scores: DimensionScores, weights: Partial<Record<Dimension, number>>): ScoreEstimate {
  const given = DIMENSIONS.some((dimension) => (weights[dimension] ?? 0) > 0);
  let total = 0;
  let mean = 0;
  let spread = 0;
  for (const dimension of DIMENSIONS) {
    const weight = given ? (weights[dimension] ?? 0) : 1;
    total += weight;
    mean += weight * scores[dimension].mean;
    spread += weight * scores[dimension].spread;
  }
  return { mean: mean / total, spread: spread / total };
}
