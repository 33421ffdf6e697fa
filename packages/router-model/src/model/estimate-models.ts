import type { Dimension } from '@pointsman/contracts';
import { clippedLogit, sigmoid } from '../mathematics/logistic.ts';
import { at, dot, type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';
import { type KindTable, lengthTable, lookUp, lookUpMean, scoreTable, shiftTable, strengths } from './kind-table.ts';
import type { Calibration, LengthStanding, ModelTable } from './model-standing.ts';
import { kindWeights, type RequestReading } from './read-request.ts';

/** Estimates of every model for one request. */
export type ModelEstimates = {
  /** Per head, per model. */
  means: Float64Array[];
  spreads: Float64Array[];
  /** Expected output tokens per model. */
  outputTokens: Float64Array;
};

type PreparedHead = { dimension: Dimension; table: KindTable; strengths: Matrix; calibration: Calibration };

/** A model table with everything computed that does not depend on the request. */
export type PreparedModels = {
  names: string[];
  fallbackKinds: number[];
  heads: PreparedHead[];
  lengths: { table: Matrix; strengths: Matrix; bounds: Pick<LengthStanding, 'smearing' | 'lowest' | 'highest'>[] };
  /** By kind, what scored decisions of the deployment add to log odds before calibration; absent while there were none. */
  shifts: KindTable | undefined;
  /** What those of one client add to that: see `applyClientShifts`. */
  clientShifts: ModelShifts | undefined;
};

/** Per model, what is added to its log odds before calibration, and how uncertain that is. */
export type ModelShifts = { mean: Float64Array; variance: Float64Array };

/** Of a model whose replies nobody counted: from one token to a long page. */
export const UNKNOWN_LENGTH = { smearing: 1.3, lowest: 1, highest: 8_000 };

/** Prepares a model table for serving. */
export function prepareModels({ heads, length, models, fallbackKinds }: ModelTable): PreparedModels {
  const lengths = zeros(models.length, length.typicalLengths.length);
  models.forEach((model, m) => {
    lengths.data.set(model.length?.lengths ?? length.typicalLengths, m * lengths.columns);
  });
  return {
    names: models.map(({ name }) => name),
    fallbackKinds,
    heads: heads.map((head) => ({
      dimension: head.dimension,
      table: scoreTable(models, head),
      strengths: strengths(models, head),
      calibration: head.calibration,
    })),
    lengths: {
      table: lengthTable(models, length),
      strengths: lengths,
      bounds: models.map((model) => model.length ?? UNKNOWN_LENGTH),
    },
    shifts: shiftTable(models, fallbackKinds.length),
    clientShifts: undefined,
  };
}

/**
 * What to expect of every model on a request: the logistic of what its kind lets expect plus the product of what the
 * request asks for and what the model is strong in (multidimensional item response theory, Reckase 2009), corrected by
 * the calibration. Where the request is unfamiliar the kind counts less and the skills not at all.
 */
export function estimateModels(
  models: PreparedModels,
  reading: Pick<RequestReading, 'kinds' | 'familiarity' | 'skills' | 'lengths'>,
): ModelEstimates {
  const weights = kindWeights(reading, models.fallbackKinds);
  const shifts = shiftsOf(models, weights);
  const means: Float64Array[] = [];
  const spreads: Float64Array[] = [];
  for (const head of models.heads) {
    const { mean, spread } = estimateHead(head, weights, reading, shifts);
    means.push(mean);
    spreads.push(spread);
  }
  return { means, spreads, outputTokens: estimateLengths(models.lengths, weights, reading) };
}

function shiftsOf({ shifts, clientShifts }: PreparedModels, weights: Float64Array): ModelShifts | undefined {
  const deployment = shifts && lookUp(shifts, weights);
  if (deployment === undefined || clientShifts === undefined) return deployment ?? clientShifts;
  return {
    mean: deployment.mean.map((shift, m) => shift + at(clientShifts.mean, m)),
    variance: deployment.variance.map((variance, m) => variance + at(clientShifts.variance, m)),
  };
}

/**
 * Share of what skills say that counts. All of it fits past scores best, but a choice takes the largest of many
 * estimates, hence the luckiest: on held-out rows 0.5 to 0.75 had the lowest log loss, and 0.5 chose best.
 */
const SKILL_SHARE = 0.6;

/** What a request's skills and a model's strengths in them add to the log odds. */
export const skillEffect = (skills: ArrayLike<number>, strength: ArrayLike<number>): number =>
  SKILL_SHARE * dot(skills, strength);

function estimateHead(
  { table, strengths: abilities, calibration }: PreparedHead,
  weights: Float64Array,
  { familiarity, skills }: Pick<RequestReading, 'familiarity' | 'skills'>,
  shifts: ModelShifts | undefined,
): { mean: Float64Array; spread: Float64Array } {
  const { slope, intercept, hiddenShare, unfamiliarVariance, varianceScale } = calibration;
  const looked = lookUp(table, weights);
  const mean = looked.mean.map((base, m) => {
    const logit = clippedLogit(base) + familiarity * skillEffect(skills, rowOf(abilities, m));
    return sigmoid(intercept + slope * (logit + (shifts?.mean[m] ?? 0)));
  });
  const hidden = dot(weights, hiddenShare);
  const strange = (1 - familiarity) * unfamiliarVariance;
  const scale = dot(weights, varianceScale);
  const spread = mean.map((p, m) => {
    const chance = p * (1 - p);
    const shifted = chance * chance * slope * slope * (shifts?.variance[m] ?? 0);
    return Math.sqrt(scale * (hidden * chance + at(looked.variance, m) + strange + shifted));
  });
  return { mean, spread };
}

function estimateLengths(
  { table, strengths: verbosity, bounds }: PreparedModels['lengths'],
  weights: Float64Array,
  { familiarity, lengths }: Pick<RequestReading, 'familiarity' | 'lengths'>,
): Float64Array {
  return lookUpMean(table, weights).map((base, m) => {
    const { smearing, lowest, highest } = bounds[m] ?? UNKNOWN_LENGTH;
    const expected = Math.exp(base + familiarity * dot(lengths, rowOf(verbosity, m))) * smearing - 1;
    return Math.min(Math.max(expected, lowest), highest);
  });
}
