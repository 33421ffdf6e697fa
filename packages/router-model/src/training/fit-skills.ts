import { cholesky, solveCholesky } from '../mathematics/cholesky.ts';
import { sigmoid } from '../mathematics/logistic.ts';
import { addScaled, at, gram, type Matrix, rowOf, vectorTimes, zeros } from '../mathematics/matrix.ts';
import { type Column, factorise, fitColumns, type LowRank } from './fit-low-rank.ts';
import { fitStrength, type StrengthPrior } from './fit-strength.ts';

export type SkillData = {
  phi: Matrix;
  columns: readonly Column[];
  /** Log odds expected of a column's score on a row before the text was read. */
  expectedLogit(row: number, column: number): number;
  random: () => number;
};

export type SkillFit = LowRank & {
  /** How strengths vary over columns: the prior of one more. */
  prior: StrengthPrior;
  /** Per column, the posterior precision of its strengths. */
  precisions: Matrix[];
};

/** Ranks 2 to 12 did about equally well on the development split, 1 worse. */
export const SKILLS = 4;
/**
 * Precision of the normal prior on the skill weights, per reply to a request: the errors of one request's replies are
 * mostly the same luck, so more replies must not count as more evidence. 3 to 24 did equally well on the development split.
 */
const SKILL_RIDGE = 9;

/**
 * Finds the few skills that requests ask for, and every column's strength in them, so that
 * `sigmoid(expected + skills(phi) . strengths[column])` predicts its scores: the columns' own ridge fits give the
 * directions, one Newton step on all columns together the skills, and one more fit of each column its strengths.
 */
export function fitSkills(data: SkillData): SkillFit {
  const { phi, columns, random } = data;
  const full = fitColumns(phi, columns, (row, value, column) => {
    const p = sigmoid(data.expectedLogit(row, column));
    return { error: value - p, weight: p * (1 - p) };
  });
  const counts = Float64Array.from(columns, ({ rows }) => rows.length);
  const directions = rescaled(factorise(full, counts, SKILLS, random), counts);
  const request = fitSkillWeights({ ...data, strengths: directions.strengths });
  const prior = priorOf(directions.strengths, counts);
  const skillsOf = memoised(phi, request);
  const strengths = zeros(columns.length, request.columns);
  const precisions = columns.map(({ rows, values }, column) => {
    const answers = Array.from(rows, (row, n) => ({
      skills: skillsOf(row),
      expectedLogit: data.expectedLogit(row, column),
      score: at(values, n),
      weight: 1,
    }));
    const fitted = fitStrength(answers, prior);
    rowOf(strengths, column).set(fitted.mean);
    return fitted.precision;
  });
  return { request, strengths, prior, precisions };
}

/** The same product with strengths of mean square one, counting columns by what was observed of them. */
function rescaled({ request, strengths }: LowRank, counts: Float64Array): LowRank {
  const total = counts.reduce((a, b) => a + b, 0);
  for (let v = 0; v < strengths.columns; v += 1) {
    let square = 0;
    for (let c = 0; c < strengths.rows; c += 1)
      square += at(counts, c) * (strengths.data[c * strengths.columns + v] ?? 0) ** 2;
    const scale = Math.sqrt(square / Math.max(total, 1)) || 1;
    for (let c = 0; c < strengths.rows; c += 1)
      strengths.data[c * strengths.columns + v] = (strengths.data[c * strengths.columns + v] ?? 0) / scale;
    for (let k = 0; k < request.rows; k += 1)
      request.data[k * request.columns + v] = (request.data[k * request.columns + v] ?? 0) * scale;
  }
  return { request, strengths };
}

function priorOf(strengths: Matrix, counts: Float64Array): StrengthPrior {
  const skills = strengths.columns;
  const mean = new Float64Array(skills);
  const precision = zeros(skills, skills);
  const total = counts.reduce((a, b) => a + b, 0);
  for (let v = 0; v < skills; v += 1) {
    const value = (c: number): number => strengths.data[c * skills + v] ?? 0;
    let sum = 0;
    let squares = 0;
    for (let c = 0; c < strengths.rows; c += 1) {
      sum += at(counts, c) * value(c);
      squares += at(counts, c) * value(c) ** 2;
    }
    mean[v] = sum / Math.max(total, 1);
    const variance = squares / Math.max(total, 1) - at(mean, v) ** 2;
    precision.data[v * skills + v] = 1 / Math.max(variance, LEAST_STRENGTH_VARIANCE);
  }
  return { mean, precision };
}

/** Strengths have mean square one, so this is a column that differs from the others by a fifth. */
const LEAST_STRENGTH_VARIANCE = 0.05;

function memoised(phi: Matrix, request: Matrix): (row: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (row) => {
    let skills = known.get(row);
    if (skills === undefined) {
      skills = vectorTimes(rowOf(phi, row), request);
      known.set(row, skills);
    }
    return skills;
  };
}

/** One Newton step from zero for the skill weights, the columns' strengths held fixed. Returns phi x skills. */
export function fitSkillWeights({
  phi,
  columns,
  expectedLogit,
  strengths,
}: Omit<SkillData, 'random'> & { strengths: Matrix }): Matrix {
  const skills = strengths.columns;
  const pairs = pairsOf(skills);
  const weights = pairs.map(() => new Float64Array(phi.rows));
  const gradients = zeros(phi.rows, skills);
  columns.forEach(({ rows, values }, column) => {
    const strength = rowOf(strengths, column);
    rows.forEach((row, n) => {
      const p = sigmoid(expectedLogit(row, column));
      addScaled(rowOf(gradients, row), strength, at(values, n) - p);
      pairs.forEach(([a, b], i) => {
        const weight = weights[i];
        if (weight !== undefined) weight[row] = at(weight, row) + p * (1 - p) * at(strength, a) * at(strength, b);
      });
    });
  });
  const right = new Float64Array(skills * phi.columns);
  for (let row = 0; row < phi.rows; row += 1)
    for (let v = 0; v < skills; v += 1)
      addScaled(
        right.subarray(v * phi.columns, (v + 1) * phi.columns),
        rowOf(phi, row),
        at(gradients.data, row * skills + v),
      );
  const ridge = SKILL_RIDGE * repliesPerRow(columns);
  const solution = solveCholesky(cholesky(blockGram(phi, pairs, weights), ridge), right);
  const request = zeros(phi.columns, skills);
  for (let k = 0; k < phi.columns; k += 1)
    for (let v = 0; v < skills; v += 1) request.data[k * skills + v] = at(solution, v * phi.columns + k);
  return request;
}

function repliesPerRow(columns: readonly Column[]): number {
  const rows = new Set(columns.flatMap((column) => [...column.rows]));
  return columns.reduce((sum, column) => sum + column.rows.length, 0) / Math.max(rows.size, 1);
}

const pairsOf = (skills: number): [number, number][] =>
  Array.from({ length: skills }, (_, a) => Array.from({ length: a + 1 }, (__, b): [number, number] => [a, b])).flat();

/** The Hessian of all skills: per pair of skills the weighted products of phi. */
function blockGram(phi: Matrix, pairs: readonly [number, number][], weights: readonly Float64Array[]): Matrix {
  const skills = Math.max(...pairs.map(([a]) => a)) + 1;
  const size = skills * phi.columns;
  const hessian = zeros(size, size);
  pairs.forEach(([a, b], i) => {
    const block = gram(phi, undefined, weights[i]);
    for (let k = 0; k < phi.columns; k += 1)
      for (let l = 0; l < phi.columns; l += 1) {
        const value = block.data[k * phi.columns + l] ?? 0;
        hessian.data[(a * phi.columns + k) * size + b * phi.columns + l] = value;
        hessian.data[(b * phi.columns + l) * size + a * phi.columns + k] = value;
      }
  });
  return hessian;
}
