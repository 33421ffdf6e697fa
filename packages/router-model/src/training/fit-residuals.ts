import { cholesky, solveCholesky } from '../mathematics/cholesky.ts';
import { clippedLogit, sigmoid } from '../mathematics/logistic.ts';
import { addScaled, at, gram, type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';
import type { Cells } from './cells.ts';

/** Precision of the normal prior on residual weights; on the development split 2 to 10 did about equally well, 1 worse. */
const RIDGE = 4;

/**
 * What the text says beyond the domain: per model a logistic ridge on `phi` with the domain table's log odds as offset,
 * in one Newton step from zero (at precision 2 a second step changed log loss on the development split by 0.0001).
 * `baseOf(row)` gives the table's prediction for every model. Returns phi x models.
 */
export function fitScoreResiduals(phi: Matrix, cells: Cells, baseOf: (row: number) => ArrayLike<number>): Matrix {
  return fitPerModel(phi, cells, (row, value, model) => {
    const p = sigmoid(clippedLogit(at(baseOf(row), model)));
    return { error: value - p, weight: p * (1 - p) };
  });
}

/** The same for a quantity on an unbounded scale, by plain ridge. */
export function fitLinearResiduals(phi: Matrix, cells: Cells, baseOf: (row: number) => ArrayLike<number>): Matrix {
  return fitPerModel(phi, cells, (row, value, model) => ({ error: value - at(baseOf(row), model), weight: 1 }));
}

function fitPerModel(
  phi: Matrix,
  cells: Cells,
  termOf: (row: number, value: number, model: number) => { error: number; weight: number },
): Matrix {
  const models = cells.byModel.length;
  const residual = zeros(phi.columns, models);
  cells.byModel.forEach(({ rows, values }, model) => {
    if (rows.length === 0) return;
    const weights = new Float64Array(rows.length);
    const right = new Float64Array(phi.columns);
    rows.forEach((row, n) => {
      const { error, weight } = termOf(row, at(values, n), model);
      weights[n] = weight;
      addScaled(right, rowOf(phi, row), error);
    });
    const solution = solveCholesky(cholesky(gram(phi, rows, weights), RIDGE), right);
    solution.forEach((value, k) => {
      residual.data[k * models + model] = value;
    });
  });
  return residual;
}

/** `phi' residual[:, model]` without computing the other models. */
export function residualOf(phi: Float64Array, residual: Matrix, model: number): number {
  let sum = 0;
  for (let k = 0; k < phi.length; k += 1) sum += (phi[k] ?? 0) * (residual.data[k * residual.columns + model] ?? 0);
  return sum;
}
