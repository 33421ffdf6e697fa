import { checkFinite, checkPositive } from '../check-values.ts';
import { checkConfidence } from '../interval.ts';
import { statesAfter } from '../states-after.ts';

/** Two simple hypotheses: shares of values that are 1, or means of normal values of known deviation. */
export type SprtHypotheses =
  | { kind: 'bernoulli'; nullShare: number; alternativeShare: number }
  | { kind: 'normal'; nullMean: number; alternativeMean: number; standardDeviation: number };

export type WaldSprtOptions = SprtHypotheses & {
  /** The chance to accept the alternative when the null hypothesis holds. */
  alpha: number;
  /** The chance to accept the null hypothesis when the alternative holds. */
  beta: number;
};

/** Plain data. Once decided it stays as it is: `n` is the number of values that it took. */
export type WaldSprtState = {
  n: number;
  logRatio: number;
  decision: 'accept-null' | 'accept-alternative' | 'continue';
};

/**
 * Wald's sequential probability ratio test (1945), one value at a time: of all tests with these error rates it needs the
 * fewest values on average. The log likelihood ratio goes on until it reaches ln((1 - beta) / alpha) or falls to
 * ln(beta / (1 - alpha)); the error rates hold approximately, for it overshoots, and together never exceed alpha + beta.
 *
 * Bernoulli values are 0 or 1.
 *
 * @param state undefined to begin.
 * @throws RangeError for other values, equal hypotheses, shares or error rates outside (0, 1), alpha + beta of 1 and more.
 */
export function updateWaldSprt(
  state: WaldSprtState | undefined,
  value: number,
  options: WaldSprtOptions,
): WaldSprtState {
  const { alpha, beta } = options;
  checkConfidence(alpha);
  checkConfidence(beta);
  if (alpha + beta >= 1) throw new RangeError(`Error rates add up to less than 1, got ${alpha} and ${beta}`);
  const gain = logRatioOf(value, options);
  const { n, logRatio, decision } = state ?? START;
  if (decision !== 'continue') return { n, logRatio, decision };
  const next = logRatio + gain;
  return { n: n + 1, logRatio: next, decision: decide(next, alpha, beta) };
}

/** The state after each value: `updateWaldSprt` over an array, and throws as it does. */
export function waldSprt(values: readonly number[], options: WaldSprtOptions): WaldSprtState[] {
  return statesAfter<WaldSprtState>(values, (state, value) => updateWaldSprt(state, value, options));
}

const START: WaldSprtState = { n: 0, logRatio: 0, decision: 'continue' };

function decide(logRatio: number, alpha: number, beta: number): WaldSprtState['decision'] {
  if (logRatio >= Math.log((1 - beta) / alpha)) return 'accept-alternative';
  return logRatio <= Math.log(beta / (1 - alpha)) ? 'accept-null' : 'continue';
}

function logRatioOf(value: number, hypotheses: SprtHypotheses): number {
  if (hypotheses.kind === 'bernoulli') {
    const { nullShare, alternativeShare } = hypotheses;
    if (value !== 0 && value !== 1) throw new RangeError(`A Bernoulli value is 0 or 1, got ${value}`);
    checkConfidence(nullShare);
    checkConfidence(alternativeShare);
    checkDifferent(nullShare, alternativeShare);
    return value === 1 ? Math.log(alternativeShare / nullShare) : Math.log((1 - alternativeShare) / (1 - nullShare));
  }
  const { nullMean, alternativeMean, standardDeviation } = hypotheses;
  checkFinite([value, nullMean, alternativeMean]);
  checkDifferent(nullMean, alternativeMean);
  checkPositive('A standard deviation', standardDeviation);
  const middle = (nullMean + alternativeMean) / 2;
  return ((alternativeMean - nullMean) * (value - middle)) / standardDeviation ** 2;
}

function checkDifferent(first: number, second: number): void {
  if (first === second) throw new RangeError(`Hypotheses differ, got ${first} for both`);
}
