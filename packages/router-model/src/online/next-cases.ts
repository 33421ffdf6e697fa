import { cholesky, invertLower } from '../mathematics/cholesky.ts';
import { clippedLogit, sigmoid } from '../mathematics/logistic.ts';
import { addScaled, at, type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';
import { skillEffect } from '../model/estimate-models.ts';
import { EXPECTATION_WORTH, lookUpMean, scoreTable } from '../model/kind-table.ts';
import type { ModelStanding, ModelTable, ScoreHead } from '../model/model-standing.ts';
import { kindWeights, type RequestReading } from '../model/read-request.ts';
import { strengthPrior } from './strength-prior.ts';

/** A benchmark case as far as choosing it goes: what the router reads in its prompt. */
export type CaseReading = Pick<RequestReading, 'kinds' | 'familiarity' | 'skills'>;

/**
 * Which benchmark cases a model should answer next, by index, the most telling first: those that shrink the joint
 * uncertainty of its ability, strengths and doing better or worse on single kinds most (greedy D-optimal design on the
 * Fisher information, as adaptive testing chooses questions). A model the table does not know starts from the prior.
 */
export function nextCases(table: ModelTable, name: string, cases: readonly CaseReading[], howMany: number): number[] {
  const head = table.heads[0];
  if (head === undefined) throw new Error('a model table has at least one head');
  const model = table.models.find((known) => known.name === name) ?? unknownModel(table, name);
  const designOf = designer(table, head, model);
  const designs = cases.map(designOf);
  const covariance = covarianceOf(table, head, model);
  const uncertainty = designs.map(({ entries }) => sparseDot(entries, times(covariance, entries)));
  const chosen: number[] = [];
  const left = new Set(designs.keys());
  while (chosen.length < howMany && left.size > 0) {
    const best = mostTelling(left, designs, uncertainty);
    const design = designs[best];
    if (design === undefined) break;
    left.delete(best);
    chosen.push(best);
    const direction = times(covariance, design.entries);
    const gain = design.information / (1 + design.information * at(uncertainty, best));
    for (const n of left)
      uncertainty[n] = at(uncertainty, n) - gain * sparseDot(designs[n]?.entries ?? [], direction) ** 2;
    for (let i = 0; i < covariance.rows; i += 1) addScaled(rowOf(covariance, i), direction, -gain * at(direction, i));
  }
  return chosen;
}

const unknownModel = ({ abilityPrior }: ModelTable, name: string): ModelStanding => ({
  name,
  rows: 0,
  ability: abilityPrior.mean,
  abilityVariance: abilityPrior.variance,
  scores: {},
});

/** What one answer would say: about which sums of the unknowns (ability, strengths, kinds, in this order), and how much. */
type Design = { entries: readonly (readonly [index: number, value: number])[]; information: number };

/** Kinds of a lower weight are left out: a case is of one or two kinds. */
const LEAST_WEIGHT = 0.02;

function designer(table: ModelTable, head: ScoreHead, model: ModelStanding): (reading: CaseReading) => Design {
  const { mean } = scoreTable([model], head);
  const strengths = model.scores[head.dimension]?.skills ?? head.typicalSkills;
  return (reading) => {
    const weights = kindWeights(reading, table.fallbackKinds);
    const asked = reading.skills.map((skill) => reading.familiarity * skill);
    const p = sigmoid(clippedLogit(at(lookUpMean(mean, weights), 0)) + skillEffect(asked, strengths));
    const entries: [number, number][] = [[0, 1]];
    asked.forEach((skill, k) => {
      entries.push([1 + k, skill]);
    });
    weights.forEach((weight, k) => {
      if (weight >= LEAST_WEIGHT) entries.push([1 + asked.length + k, weight]);
    });
    return { entries, information: p * (1 - p) };
  };
}

/** Of the unknowns before any of the cases is answered; what answers said of several at once is not stored. */
function covarianceOf(table: ModelTable, head: ScoreHead, model: ModelStanding): Matrix {
  const standing = model.scores[head.dimension];
  const skills = head.typicalSkills.length;
  const size = 1 + skills + head.ease.length;
  const covariance = zeros(size, size);
  covariance.data[0] = model.abilityVariance;
  const precision =
    standing === undefined
      ? strengthPrior(table, head).precision
      : { rows: skills, columns: skills, data: Float64Array.from(standing.skillPrecision) };
  const root = invertLower(cholesky(precision));
  for (let i = 0; i < skills; i += 1)
    for (let j = 0; j < skills; j += 1) {
      let sum = 0;
      for (let k = 0; k < skills; k += 1) sum += at(root.data, k * skills + i) * at(root.data, k * skills + j);
      covariance.data[(1 + i) * size + 1 + j] = sum;
    }
  const counts = new Map(standing?.kinds.map(([kind, count]) => [kind, count]));
  head.ease.forEach((ease, k) => {
    const p = sigmoid(model.ability + ease);
    const worth = EXPECTATION_WORTH + (counts.get(k) ?? 0);
    covariance.data[(1 + skills + k) * (size + 1)] = 1 / (worth * p * (1 - p));
  });
  return covariance;
}

function mostTelling(left: ReadonlySet<number>, designs: readonly Design[], uncertainty: readonly number[]): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (const n of left) {
    const gain = (designs[n]?.information ?? 0) * at(uncertainty, n);
    if (gain > most) [best, most] = [n, gain];
  }
  return best;
}

function times(matrix: Matrix, entries: Design['entries']): Float64Array {
  const product = new Float64Array(matrix.rows);
  for (const [index, value] of entries) addScaled(product, rowOf(matrix, index), value);
  return product;
}

const sparseDot = (entries: Design['entries'], vector: Float64Array): number =>
  entries.reduce((sum, [index, value]) => sum + value * at(vector, index), 0);
