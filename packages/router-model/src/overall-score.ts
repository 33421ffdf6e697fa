import { DIMENSIONS, type Dimension, type DimensionScores, type ScoreEstimate } from '@pointsman/contracts';

/** A policy's weights of the dimensions; equal when none is given. */
export type DimensionWeights = Partial<Record<Dimension, number>>;

/**
 * The policy's weighted mean of the six dimensions; equal weights when none are given.
 * The dimensions' errors are taken as fully correlated, so the spread is the weighted mean of the spreads: never too narrow.
 */
export function overallScore(scores: DimensionScores, weights: DimensionWeights): ScoreEstimate {
  const given = areGiven(weights);
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

/** The same of the dimensions in which a reply was scored; undefined when the policy looks at none of them. */
export function observedOverallScore(
  scores: Partial<Record<Dimension, number>>,
  weights: DimensionWeights,
): number | undefined {
  const given = areGiven(weights);
  let total = 0;
  let sum = 0;
  for (const dimension of DIMENSIONS) {
    const score = scores[dimension];
    if (score === undefined) continue;
    const weight = given ? (weights[dimension] ?? 0) : 1;
    total += weight;
    sum += weight * score;
  }
  return total === 0 ? undefined : sum / total;
}

const areGiven = (weights: DimensionWeights): boolean => DIMENSIONS.some((dimension) => (weights[dimension] ?? 0) > 0);
