import { sigmoid } from '../mathematics/logistic.ts';
import { at, type Matrix, zeros } from '../mathematics/matrix.ts';
import type { KindSums, ModelStanding, ModelTable, ScoreHead } from './model-standing.ts';

/** What is expected of each model on each kind of request (kinds x models), and how uncertain that is. */
export type KindTable = { mean: Matrix; variance: Matrix };

/**
 * How many observations the expectation is worth. Anything from 2 to 50 predicted equally well on the development split;
 * 10 puts a standard deviation of 0.15 on a coin-flip cell nobody observed.
 */
export const EXPECTATION_WORTH = 10;

/**
 * Observed means by kind and model, each drawn towards what the model's ability and the kind's ease let expect. The
 * variance is the beta posterior's, plus what is not known of the ability where the expectation still counts.
 */
export function scoreTable(models: readonly ModelStanding[], head: ScoreHead): KindTable {
  const kinds = head.ease.length;
  const table: KindTable = { mean: zeros(kinds, models.length), variance: zeros(kinds, models.length) };
  models.forEach((model, m) => {
    const observed = spreadOut(model.scores[head.dimension]?.kinds ?? [], kinds);
    for (let k = 0; k < kinds; k += 1) {
      const expected = sigmoid(model.ability + at(head.ease, k));
      const worth = at(observed.counts, k) + EXPECTATION_WORTH;
      const mean = (at(observed.sums, k) + EXPECTATION_WORTH * expected) / worth;
      const leaning = (EXPECTATION_WORTH / worth) * expected * (1 - expected);
      const cell = k * models.length + m;
      table.mean.data[cell] = mean;
      table.variance.data[cell] = (mean * (1 - mean)) / worth + leaning * leaning * model.abilityVariance;
    }
  });
  return table;
}

/** The same for `ln(1 + tokens)` (kinds x models), without a variance. */
export function lengthTable(models: readonly ModelStanding[], { overall, byKind }: ModelTable['length']): Matrix {
  const table = zeros(byKind.length, models.length);
  models.forEach((model, m) => {
    const observed = spreadOut(model.length?.kinds ?? [], byKind.length);
    for (let k = 0; k < byKind.length; k += 1) {
      const expected = (model.length?.level ?? 0) + overall + at(byKind, k);
      table.data[k * models.length + m] =
        (at(observed.sums, k) + EXPECTATION_WORTH * expected) / (at(observed.counts, k) + EXPECTATION_WORTH);
    }
  });
  return table;
}

/** What a deployment's decisions add to log odds, by kind; `undefined` when there were none. */
export function shiftTable(models: readonly ModelStanding[], kinds: number): KindTable | undefined {
  if (models.every(({ shift }) => shift === undefined)) return undefined;
  const table: KindTable = { mean: zeros(kinds, models.length), variance: zeros(kinds, models.length) };
  models.forEach(({ shift }, m) => {
    if (shift === undefined) return;
    for (let k = 0; k < kinds; k += 1) {
      table.mean.data[k * models.length + m] = shift.mean;
      table.variance.data[k * models.length + m] = shift.variance;
    }
    for (const [k, mean, variance] of shift.kinds) {
      table.mean.data[k * models.length + m] = shift.mean + mean;
      table.variance.data[k * models.length + m] = shift.variance + variance;
    }
  });
  return table;
}

function spreadOut(sparse: KindSums, kinds: number): { counts: Float64Array; sums: Float64Array } {
  const counts = new Float64Array(kinds);
  const sums = new Float64Array(kinds);
  for (const [kind, count, sum] of sparse) {
    counts[kind] = count;
    sums[kind] = sum;
  }
  return { counts, sums };
}

/**
 * Mean over kinds by their weights (which add up to 1), and the variance of that mean: what is not known of the
 * kinds, and not knowing which kind it is. Models are deliberately not weighted by where they were seen: that
 * fits benchmark rows slightly better, but flatters models seen on easy prompts only.
 */
export function lookUp(table: KindTable, weights: ArrayLike<number>): { mean: Float64Array; variance: Float64Array } {
  const models = table.mean.columns;
  const mean = new Float64Array(models);
  const squares = new Float64Array(models);
  for (let k = 0; k < table.mean.rows; k += 1) {
    const weight = weights[k] ?? 0;
    if (weight < NEGLIGIBLE) continue;
    const offset = k * models;
    for (let m = 0; m < models; m += 1) {
      const value = table.mean.data[offset + m] ?? 0;
      mean[m] = (mean[m] ?? 0) + weight * value;
      squares[m] = (squares[m] ?? 0) + weight * (value * value + (table.variance.data[offset + m] ?? 0));
    }
  }
  return { mean, variance: squares.map((square, m) => Math.max(0, square - at(mean, m) ** 2)) };
}

/** Kinds of a lower weight are skipped; together they move nothing by more than 1e-4. */
const NEGLIGIBLE = 1e-6;

/** Mean over kinds of a table without variances. */
export function lookUpMean(table: Matrix, weights: ArrayLike<number>): Float64Array {
  const mean = new Float64Array(table.columns);
  for (let k = 0; k < table.rows; k += 1) {
    const weight = weights[k] ?? 0;
    if (weight < NEGLIGIBLE) continue;
    for (let m = 0; m < mean.length; m += 1)
      mean[m] = (mean[m] ?? 0) + weight * (table.data[k * table.columns + m] ?? 0);
  }
  return mean;
}

/** Strengths of each model in a dimension (models x skills); a model nobody scored in it has the typical ones. */
export function strengths(models: readonly ModelStanding[], head: ScoreHead): Matrix {
  const skills = head.typicalSkills.length;
  const matrix = zeros(models.length, skills);
  models.forEach((model, m) => {
    matrix.data.set(model.scores[head.dimension]?.skills ?? head.typicalSkills, m * skills);
  });
  return matrix;
}
