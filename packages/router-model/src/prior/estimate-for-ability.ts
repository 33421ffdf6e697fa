import { DIMENSIONS, type Dimension, type ModelEstimate, type ScoreEstimate } from '@pointsman/contracts';
import { clippedLogit, sigmoid } from '../mathematics/logistic.ts';
import type { Normal } from '../model/normal.ts';
import { tiedPrior } from './stated-priors.ts';

/**
 * What to expect of a model of which only the ability is believed to be something: the estimates of a model of mean
 * ability, moved by the difference in log odds. The spread holds what is not known of that difference. `heads` are the
 * dimensions with an estimate of their own.
 */
export function estimateForAbility(
  meanModel: Pick<ModelEstimate, 'scores' | 'outputTokens'>,
  difference: Normal,
  heads: readonly Dimension[],
): ModelEstimate {
  const scores = { ...meanModel.scores };
  for (const dimension of heads) scores[dimension] = moved(meanModel.scores[dimension], difference);
  const accuracy = scores.factual_accuracy;
  for (const dimension of DIMENSIONS) if (!heads.includes(dimension)) scores[dimension] = tied(dimension, accuracy);
  return { scores, outputTokens: meanModel.outputTokens, basis: 'prior' };
}

/** Gauss-Hermite nodes and weights of order 3: mean and variance of a logistic of a normal to within 0.01. */
const NODES: readonly (readonly [node: number, weight: number])[] = [
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
  [-Math.sqrt(3), 1 / 6],
];

function moved({ mean, spread }: ScoreEstimate, { mean: shift, variance }: Normal): ScoreEstimate {
  const centre = clippedLogit(mean) + shift;
  const deviation = Math.sqrt(variance);
  let first = 0;
  let second = 0;
  for (const [node, weight] of NODES) {
    const p = sigmoid(centre + node * deviation);
    first += weight * p;
    second += weight * p * p;
  }
  return { mean: first, spread: Math.sqrt(spread * spread + Math.max(second - first * first, 0)) };
}

/** A dimension nobody scored follows from accuracy, and is as unsure as accuracy as far as it does. */
function tied(dimension: Dimension, accuracy: ScoreEstimate): ScoreEstimate {
  const { mean, spread } = tiedPrior(dimension, accuracy.mean);
  const carried = tiedPrior(dimension, accuracy.mean + accuracy.spread).mean - mean;
  return { mean, spread: Math.hypot(spread, carried) };
}
