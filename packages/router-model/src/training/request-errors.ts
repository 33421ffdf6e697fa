import { normalQuantile } from '@pointsman/statistics';
import { at } from '../mathematics/matrix.ts';

/** How one request turned out against what was predicted, over all models that answered it. */
export type RequestError = {
  /** Mean over models of outcome minus predicted mean. */
  deviation: number;
  /** Number of models. */
  models: number;
  /** Mean product of the errors of two different models: what they share is not luck. Unknown with one model. */
  shared: number | undefined;
  /** Variance of the errors within the request: the models' luck. Unknown with one model. */
  luck: number | undefined;
  /** Mean over models of `sqrt(p (1 - p))`, squared. */
  binomial: number;
  /** Mean over models of the predicted spread, squared. */
  spreadSquared: number;
};

/** Sums up one request from the predicted means and spreads and the outcomes of the models that answered it. */
export function requestError(
  outcomes: ArrayLike<number>,
  means: ArrayLike<number>,
  spreads: ArrayLike<number>,
): RequestError {
  const models = outcomes.length;
  let sum = 0;
  let squares = 0;
  let roots = 0;
  let spread = 0;
  for (let n = 0; n < models; n += 1) {
    const p = at(means, n);
    const error = at(outcomes, n) - p;
    sum += error;
    squares += error * error;
    roots += Math.sqrt(p * (1 - p));
    spread += at(spreads, n);
  }
  const several = models > 1;
  return {
    deviation: sum / models,
    models,
    shared: several ? (sum * sum - squares) / (models * (models - 1)) : undefined,
    luck: several ? (squares - (sum * sum) / models) / (models - 1) : undefined,
    binomial: (roots / models) ** 2,
    spreadSquared: (spread / models) ** 2,
  };
}

/** Luck as a share of `p (1 - p)`, over requests that several models answered; 1 when there are none. */
export function luckShare(errors: readonly RequestError[]): number {
  let luck = 0;
  let binomial = 0;
  for (const error of errors) {
    if (error.luck === undefined) continue;
    luck += error.luck;
    binomial += error.binomial;
  }
  return binomial === 0 ? 1 : luck / binomial;
}

/** The rate at which intervals are calibrated and checked. */
export const NOMINAL_COVERAGE = 0.9;
const Z_NOMINAL = normalQuantile((1 + NOMINAL_COVERAGE) / 2);

/**
 * Whether a request's mean outcome over models lies in its 90 % interval: the spread of its expected score, times
 * `spreadScale`, widened by the luck that is left after averaging over its models.
 */
export function isCovered(error: RequestError, luck: number, spreadScale = 1): boolean {
  const variance = spreadScale ** 2 * error.spreadSquared + (luck * error.binomial) / error.models;
  return Math.abs(error.deviation) <= Z_NOMINAL * Math.sqrt(variance);
}
