import { sigmoid } from '../mathematics/logistic.ts';
import { at, type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';
import type { Cells } from './cells.ts';

/** Sums and counts of scores, kinds x models. */
export type KindScores = { sums: Matrix; counts: Matrix };

/** Adds up scores by kind. `kindOf` holds a kind per row. */
export function sumByKind(cells: Cells, kindOf: ArrayLike<number>, kinds: number): KindScores {
  const models = cells.byModel.length;
  const sums = zeros(kinds, models);
  const counts = zeros(kinds, models);
  cells.byModel.forEach(({ rows, values }, m) => {
    rows.forEach((row, n) => {
      const cell = at(kindOf, row) * models + m;
      sums.data[cell] = (sums.data[cell] ?? 0) + at(values, n);
      counts.data[cell] = (counts.data[cell] ?? 0) + 1;
    });
  });
  return { sums, counts };
}

/** Abilities of models and, per dimension, the ease of kinds of request; both in log odds. */
export type Abilities = {
  ofModel: Float64Array;
  /** Posterior variance of each ability, kinds taken as known. */
  variance: Float64Array;
  /** Per dimension, per kind; the mean over the kinds seen where nobody scored a kind. */
  ease: Float64Array[];
};

const ROUNDS = 60;
/** A standard normal prior on abilities and difficulties keeps rarely seen ones near the middle. */
const PRIOR_PRECISION = 1;

/**
 * Fits `score ~ sigmoid(ability of the model + ease of the kind)` to all dimensions at once, sharing the abilities:
 * Rasch's model with a normal prior, by alternating Newton steps. It says what a model would score where nobody tried
 * it, so that models seen on hard prompts only are comparable with models seen on easy ones.
 */
export function fitAbilities(dimensions: readonly KindScores[]): Abilities {
  const first = dimensions[0];
  if (first === undefined) throw new Error('no dimension has enough scores to train on');
  const { rows: kinds, columns: models } = first.counts;
  const ability = new Float64Array(models);
  const ease = dimensions.map(() => new Float64Array(kinds));
  for (let round = 0; round < ROUNDS; round += 1) {
    newtonStep(dimensions, ability, ease, 'ability');
    newtonStep(dimensions, ability, ease, 'ease');
  }
  return {
    ofModel: ability,
    variance: abilityVariance(dimensions, ability, ease),
    ease: ease.map((own, k) => typicalWhereUnseen(own, dimensions[k]?.counts)),
  };
}

function newtonStep(
  dimensions: readonly KindScores[],
  ability: Float64Array,
  ease: readonly Float64Array[],
  which: 'ability' | 'ease',
): void {
  const models = ability.length;
  const abilityStep = newton(ability);
  dimensions.forEach(({ sums, counts }, k) => {
    const easeOfDimension = ease[k] ?? new Float64Array(counts.rows);
    const easeStep = newton(easeOfDimension);
    for (let d = 0; d < counts.rows; d += 1)
      for (let m = 0; m < models; m += 1) {
        const count = counts.data[d * models + m] ?? 0;
        if (count === 0) continue;
        const p = sigmoid(at(ability, m) + at(easeOfDimension, d));
        const gradient = (sums.data[d * models + m] ?? 0) - count * p;
        const curvature = count * p * (1 - p);
        if (which === 'ability') abilityStep.add(m, gradient, curvature);
        else easeStep.add(d, gradient, curvature);
      }
    if (which === 'ease') easeStep.apply();
  });
  if (which === 'ability') abilityStep.apply();
}

function newton(values: Float64Array) {
  const gradients = new Float64Array(values.length);
  const curvatures = new Float64Array(values.length);
  return {
    add(index: number, gradient: number, curvature: number): void {
      gradients[index] = at(gradients, index) + gradient;
      curvatures[index] = at(curvatures, index) + curvature;
    },
    apply(): void {
      values.forEach((value, i) => {
        values[i] = value + (at(gradients, i) - PRIOR_PRECISION * value) / (at(curvatures, i) + PRIOR_PRECISION);
      });
    },
  };
}

function abilityVariance(
  dimensions: readonly KindScores[],
  ability: Float64Array,
  ease: readonly Float64Array[],
): Float64Array {
  const precision = new Float64Array(ability.length).fill(PRIOR_PRECISION);
  dimensions.forEach(({ counts }, d) => {
    for (let k = 0; k < counts.rows; k += 1)
      for (let m = 0; m < counts.columns; m += 1) {
        const p = sigmoid(at(ability, m) + (ease[d]?.[k] ?? 0));
        precision[m] = at(precision, m) + (counts.data[k * counts.columns + m] ?? 0) * p * (1 - p);
      }
  });
  return precision.map((value) => 1 / value);
}

function typicalWhereUnseen(ease: Float64Array, counts: Matrix | undefined): Float64Array {
  const isSeen = Array.from(ease, (_, k) => counts !== undefined && rowOf(counts, k).some((count) => count > 0));
  const seen = ease.filter((_, k) => isSeen[k] === true);
  const typical = seen.reduce((sum, value) => sum + value, 0) / Math.max(seen.length, 1);
  return ease.map((value, k) => (isSeen[k] === true ? value : typical));
}
