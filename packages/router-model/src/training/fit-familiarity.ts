import { quantile } from '@pointsman/statistics';
import { cholesky, invertLower } from '../mathematics/cholesky.ts';
import { gram, type Matrix, transpose } from '../mathematics/matrix.ts';
import type { RequestModel } from '../model/request-model.ts';

/** Factor `F` with `|phi F|^2 = phi' (Phi'Phi + I)^-1 phi` over the listed rows. */
export function fitLeverage(phi: Matrix, rows: ArrayLike<number>): Matrix {
  return transpose(invertLower(cholesky(gram(phi, rows), 1)));
}

/** Familiarity of the median held-out request: log odds of 0.98. */
const MEDIAN_LOGIT = Math.log(0.98 / 0.02);
/** The share of held-out requests that count as less than half familiar. */
const STRANGE_SHARE = 0.01;

/**
 * Sets what familiar means from the leverages (logarithms) of held-out rows: the median is 0.98 familiar, the 99th
 * percentile half. A looser limit (one in 300) did no better on known sources; on left-out ones it helped those that
 * repeat a known one a little and hurt the truly new ones more. Fitting it to tell left-out sources from known ones was
 * tried: benchmarks repeat each other, so it learned to doubt familiar requests.
 * `familiarity = sigmoid(intercept - slope * ln(leverage))`.
 */
export function fitFamiliarity(logLeverages: readonly number[]): RequestModel['familiarity'] {
  const middle = quantile(logLeverages, 0.5);
  const strange = quantile(logLeverages, 1 - STRANGE_SHARE);
  // The floor keeps a data set of near-identical prompts from calling every other prompt strange.
  const slope = MEDIAN_LOGIT / Math.max(strange - middle, 0.25);
  return { intercept: MEDIAN_LOGIT + slope * middle, slope };
}
