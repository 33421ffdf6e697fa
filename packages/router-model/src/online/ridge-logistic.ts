import { cholesky, invertLower, solveCholesky } from '../mathematics/cholesky.ts';
import { sigmoid } from '../mathematics/logistic.ts';
import { addScaled, at, dot, rowOf, transpose, zeros } from '../mathematics/matrix.ts';
import type { Normal } from '../model/normal.ts';

/** One score in [0, 1], its log odds being `offset` plus a few of the unknowns, each times a factor. */
export type LogisticRow = {
  terms: readonly (readonly [unknown: number, factor: number])[];
  offset: number;
  score: number;
  weight: number;
};

const NEWTON_STEPS = 25;
const CONVERGED = 1e-8;
/** Keeps the first steps from overshooting where the logistic curve is flat. */
const LONGEST_STEP = 2;

/**
 * Posterior mean and variance of each unknown (Laplace), normal priors given. Graded scores vary less than the coin flips
 * the likelihood takes them for, so that variances err on the wide side. Dense: meant for up to about a thousand unknowns.
 */
export function ridgeLogistic(rows: readonly LogisticRow[], priors: readonly Normal[]): Normal[] {
  const size = priors.length;
  const mean = Float64Array.from(priors, (prior) => prior.mean);
  let factor = zeros(size, size);
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const gradient = Float64Array.from(priors, (prior, i) => (prior.mean - at(mean, i)) / prior.variance);
    const hessian = zeros(size, size);
    priors.forEach((prior, i) => {
      hessian.data[i * (size + 1)] = 1 / prior.variance;
    });
    for (const { terms, offset, score, weight } of rows) {
      const p = sigmoid(terms.reduce((sum, [i, factorOfTerm]) => sum + factorOfTerm * at(mean, i), offset));
      const curvature = weight * p * (1 - p);
      for (const [i, a] of terms) {
        gradient[i] = at(gradient, i) + weight * a * (score - p);
        const row = rowOf(hessian, i);
        for (const [j, b] of terms) row[j] = at(row, j) + curvature * a * b;
      }
    }
    factor = cholesky(hessian);
    const newton = solveCholesky(factor, gradient).map((move) => Math.min(Math.max(move, -LONGEST_STEP), LONGEST_STEP));
    addScaled(mean, newton, 1);
    if (newton.every((move) => Math.abs(move) < CONVERGED)) break;
  }
  const columns = transpose(invertLower(factor));
  return Array.from(mean, (value, i) => ({ mean: value, variance: dot(rowOf(columns, i), rowOf(columns, i)) }));
}
