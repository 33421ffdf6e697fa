import { sigmoid } from '../mathematics/logistic.ts';
import { at, type Matrix, zeros } from '../mathematics/matrix.ts';
import type { Cells } from './cells.ts';

/** Sums and counts of scores, domains x models. */
export type DomainSums = { sums: Matrix; counts: Matrix };

/** Adds up scores by domain. `domainOf` holds a domain per row. */
export function sumByDomain(cells: Cells, domainOf: ArrayLike<number>, domains: number): DomainSums {
  const models = cells.byModel.length;
  const sums = zeros(domains, models);
  const counts = zeros(domains, models);
  cells.byModel.forEach(({ rows, values }, m) => {
    rows.forEach((row, n) => {
      const cell = at(domainOf, row) * models + m;
      sums.data[cell] = (sums.data[cell] ?? 0) + at(values, n);
      counts.data[cell] = (counts.data[cell] ?? 0) + 1;
    });
  });
  return { sums, counts };
}

/** What the additive model expects of every model in every domain, per dimension given (domains x models). */
export type Abilities = { ofModel: Float64Array; expected: Matrix[] };

const ROUNDS = 60;
/** A standard normal prior on abilities and difficulties keeps rarely seen ones near the middle. */
const PRIOR_PRECISION = 1;

/**
 * Fits `score ~ sigmoid(ability of the model + ease of the domain)` to all dimensions at once, sharing the abilities:
 * Rasch's model with a normal prior, by alternating Newton steps. It says what a model would score where nobody tried
 * it, so that models seen on hard prompts only are comparable with models seen on easy ones.
 */
export function fitAbilities(dimensions: readonly DomainSums[]): Abilities {
  const first = dimensions[0];
  if (first === undefined) throw new Error('no dimension has enough scores to train on');
  const { rows: domains, columns: models } = first.counts;
  const ability = new Float64Array(models);
  const ease = dimensions.map(() => new Float64Array(domains));
  for (let round = 0; round < ROUNDS; round += 1) {
    newtonStep(dimensions, ability, ease, 'ability');
    newtonStep(dimensions, ability, ease, 'ease');
  }
  const expected = dimensions.map(({ counts }, k) =>
    expectedScores(counts, ability, ease[k] ?? new Float64Array(domains)),
  );
  return { ofModel: ability, expected };
}

function newtonStep(
  dimensions: readonly DomainSums[],
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

function expectedScores(counts: Matrix, ability: Float64Array, ease: Float64Array): Matrix {
  const { rows: domains, columns: models } = counts;
  const seen = Array.from(ease.keys()).filter((d) =>
    counts.data.subarray(d * models, (d + 1) * models).some((n) => n > 0),
  );
  const typical = seen.reduce((sum, d) => sum + at(ease, d), 0) / Math.max(seen.length, 1);
  const expected = zeros(domains, models);
  const isSeen = new Set(seen);
  for (let d = 0; d < domains; d += 1)
    for (let m = 0; m < models; m += 1)
      expected.data[d * models + m] = sigmoid(at(ability, m) + (isSeen.has(d) ? at(ease, d) : typical));
  return expected;
}
