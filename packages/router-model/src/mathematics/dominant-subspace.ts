import { cholesky, forwardSolve } from './cholesky.ts';
import { gram, type Matrix, rowOf, zeros } from './matrix.ts';
import { type SparseMatrix, times, transposedTimes } from './sparse.ts';

export type SubspaceOptions = {
  dimensions: number;
  /** Rows to look at; all when absent. */
  rows?: ArrayLike<number> | undefined;
  iterations: number;
  random: () => number;
};

/**
 * An orthonormal basis (columns) of the space in which most of the matrix's energy lies: its leading right singular
 * vectors, up to rotation, found by subspace iteration (Halko, Martinsson, Tropp 2011, algorithm 4.4).
 * Rotation is left open because everything fitted on the projection here is blind to it.
 */
export function dominantSubspace(matrix: SparseMatrix, options: SubspaceOptions): Matrix {
  let basis = zeros(matrix.columns, options.dimensions);
  // Uniform in place of Gaussian starts: any full-rank start converges.
  for (let i = 0; i < basis.data.length; i += 1) basis.data[i] = options.random() - 0.5;
  for (let iteration = 0; iteration < options.iterations; iteration += 1) {
    const projected = times(matrix, basis, options.rows);
    basis = orthonormal(transposedTimes(matrix, projected, options.rows));
  }
  return basis;
}

/** The same column space with orthonormal columns, by Cholesky QR, twice for accuracy. */
function orthonormal(matrix: Matrix): Matrix {
  return choleskyQr(choleskyQr(matrix));
}

function choleskyQr(matrix: Matrix): Matrix {
  const products = gram(matrix);
  let trace = 0;
  for (let i = 0; i < products.rows; i += 1) trace += products.data[i * products.rows + i] ?? 0;
  // A whisper of ridge keeps rank-deficient data (fewer rows than dimensions) factorable.
  const lower = cholesky(products, trace * 1e-13 + 1e-300);
  const result = zeros(matrix.rows, matrix.columns);
  for (let row = 0; row < matrix.rows; row += 1) rowOf(result, row).set(forwardSolve(lower, rowOf(matrix, row)));
  return result;
}
