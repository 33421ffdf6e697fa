import { clippedLogit, sigmoid } from '../mathematics/logistic.ts';
import { at } from '../mathematics/matrix.ts';
import type { Calibration } from '../model/model-standing.ts';
import { isCovered, luckShare, NOMINAL_COVERAGE, type RequestError, requestError } from './request-errors.ts';

/** What was predicted of a row that the predicting model had not learned from, and what came out. */
export type HeldOutPrediction = {
  kind: number;
  familiarity: number;
  outcomes: number[];
  means: number[];
  /** Square roots of the kind table's variance: all that is known of the spread before calibration. */
  spreads: number[];
};

/** The calibration that changes nothing. */
export function neutralCalibration(kinds: number): Calibration {
  return {
    slope: 1,
    intercept: 0,
    hiddenShare: Array.from({ length: kinds }, () => 0),
    unfamiliarVariance: 0,
    varianceScale: Array.from({ length: kinds }, () => 1),
  };
}

const NEWTON_STEPS = 12;
/** Fewer cannot say how predictions should be stretched. */
const LEAST_OUTCOMES = 100;
/** Predictions are pulled back as far as need be, but never blown up. */
const MOST_SLOPE = 1.5;
/** Draws each kind's hidden share towards that of all kinds, as if this many requests had shown it. */
const SHARE_PRIOR_REQUESTS = 30;
const LEAST_HIDDEN_SHARE = 0.02;

/** Fits the calibration of one head. `folds`: held out within known sources; `strangers`: whole sources held out. */
export function calibrate(
  folds: readonly HeldOutPrediction[],
  strangers: readonly HeldOutPrediction[],
  kinds: number,
): Calibration {
  const { slope, intercept } = fitLogistic(folds);
  const recalibrated = (prediction: HeldOutPrediction): RequestError =>
    requestError(
      prediction.outcomes,
      prediction.means.map((mean) => sigmoid(intercept + slope * clippedLogit(mean))),
      prediction.spreads,
    );
  const errors = folds.map(recalibrated);
  const hiddenShare = fitHiddenShare(errors, folds, kinds);
  const unfamiliarVariance = fitUnfamiliarVariance(strangers.map(recalibrated), strangers, hiddenShare);
  const withHidden = errors.map((error, n): RequestError => {
    const prediction = elementOf(folds, n);
    const hidden = at(hiddenShare, prediction.kind) * error.binomial;
    const strange = (1 - prediction.familiarity) * unfamiliarVariance;
    return { ...error, spreadSquared: error.spreadSquared + hidden + strange };
  });
  const varianceScale = fitVarianceScale(withHidden, folds, kinds);
  return { slope, intercept, hiddenShare: [...hiddenShare], unfamiliarVariance, varianceScale: [...varianceScale] };
}

function elementOf<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`index ${index} is outside 0..${values.length - 1}`);
  return value;
}

/** Platt's logistic recalibration on log odds, without touching the order of predictions. */
export function fitLogistic(predictions: readonly Pick<HeldOutPrediction, 'outcomes' | 'means'>[]): {
  slope: number;
  intercept: number;
} {
  let slope = 1;
  let intercept = 0;
  const outcomes = predictions.reduce((sum, prediction) => sum + prediction.outcomes.length, 0);
  if (outcomes < LEAST_OUTCOMES) return { slope, intercept };
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-6, 0, 1e-6];
    for (const { outcomes: observed, means } of predictions)
      observed.forEach((outcome, n) => {
        const x = clippedLogit(at(means, n));
        const p = sigmoid(intercept + slope * x);
        const weight = p * (1 - p);
        g0 += outcome - p;
        g1 += (outcome - p) * x;
        h00 += weight;
        h01 += weight * x;
        h11 += weight * x * x;
      });
    const determinant = h00 * h11 - h01 * h01;
    intercept += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
  }
  return { slope: Math.min(Math.max(slope, 0), MOST_SLOPE), intercept };
}

/**
 * Which share of `p (1 - p)` the models' errors on one request have in common. One reply per model cannot tell a hard
 * request from bad luck, several models can: luck is their own, difficulty they share.
 */
function fitHiddenShare(
  errors: readonly RequestError[],
  predictions: readonly HeldOutPrediction[],
  kinds: number,
): Float64Array {
  const shared = new Float64Array(kinds);
  const binomial = new Float64Array(kinds);
  const requests = new Float64Array(kinds);
  errors.forEach((error, n) => {
    if (error.shared === undefined) return;
    const { kind } = elementOf(predictions, n);
    const weight = 1 - 1 / error.models;
    shared[kind] = at(shared, kind) + weight * (error.shared - error.spreadSquared);
    binomial[kind] = at(binomial, kind) + weight * error.binomial;
    requests[kind] = at(requests, kind) + weight;
  });
  const total = binomial.reduce((a, b) => a + b, 0);
  const overall = total === 0 ? 0.25 : shared.reduce((a, b) => a + b, 0) / total;
  return shared.map((sum, d) => {
    const count = at(requests, d);
    const own = at(binomial, d) === 0 ? overall : sum / at(binomial, d);
    const drawn = (count * own + SHARE_PRIOR_REQUESTS * overall) / (count + SHARE_PRIOR_REQUESTS);
    return Math.min(Math.max(drawn, LEAST_HIDDEN_SHARE), 1);
  });
}

/** What the spread lacks on sources never seen, per unit of unfamiliarity. */
function fitUnfamiliarVariance(
  errors: readonly RequestError[],
  predictions: readonly HeldOutPrediction[],
  hiddenShare: Float64Array,
): number {
  const typical = hiddenShare.reduce((a, b) => a + b, 0) / Math.max(hiddenShare.length, 1);
  let lacking = 0;
  let unfamiliarity = 0;
  errors.forEach((error, n) => {
    if (error.shared === undefined) return;
    lacking += error.shared - error.spreadSquared - typical * error.binomial;
    unfamiliarity += 1 - elementOf(predictions, n).familiarity;
  });
  // Without a second source nothing was measured: 0.02 is a standard deviation of 0.14.
  if (unfamiliarity < 1) return 0.02;
  return Math.min(Math.max(lacking / unfamiliarity, 0), 0.1);
}

/** Draws each kind's scale towards that of all kinds, as if this many requests had shown it. */
const SCALE_PRIOR_REQUESTS = 50;

/**
 * Per kind the factor on the variance with which 90 % intervals hold 90 % of the held-out requests. By kind, since
 * one factor for all covers easy kinds too often and hard ones too seldom.
 */
function fitVarianceScale(
  errors: readonly RequestError[],
  predictions: readonly HeldOutPrediction[],
  kinds: number,
): Float64Array {
  const luck = luckShare(errors);
  const overall = spreadScale(errors, luck);
  const byKind = Map.groupBy(errors.keys(), (n) => elementOf(predictions, n).kind);
  return Float64Array.from({ length: kinds }, (_, kind) => {
    const own = (byKind.get(kind) ?? []).map((n) => elementOf(errors, n));
    const share = own.length / (own.length + SCALE_PRIOR_REQUESTS);
    const scale = own.length === 0 ? overall : share * spreadScale(own, luck) + (1 - share) * overall;
    return scale * scale;
  });
}

const BISECTIONS = 20;

/** The smallest factor on the spread, between 0.5 and 2.5, that reaches nominal coverage; 1 for no requests. */
function spreadScale(errors: readonly RequestError[], luck: number): number {
  if (errors.length === 0) return 1;
  const coverageAt = (scale: number): number =>
    errors.filter((error) => isCovered(error, luck, scale)).length / errors.length;
  let [low, high] = [0.5, 2.5];
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    if (coverageAt(middle) < NOMINAL_COVERAGE) low = middle;
    else high = middle;
  }
  return high;
}
