import { cholesky, solveCholesky } from '../mathematics/cholesky.ts';
import { dominantEigenvectors } from '../mathematics/dominant-eigenvectors.ts';
import { addScaled, at, gram, type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';

/** The observations of one model in one dimension: rows (ascending) and what was observed. */
export type Column = { rows: Int32Array; values: Float64Array };

/** A matrix of `phi` x columns in `rank` parts: `request` (phi x rank) times `strengths` transposed (columns x rank). */
export type LowRank = { request: Matrix; strengths: Matrix };

/** Error of an expectation and its weight, for one observation. */
export type Term = { error: number; weight: number };

/** Precision of the normal prior on a column's weights; on the development split 2 to 10 did about equally well, 1 worse. */
const COLUMN_RIDGE = 4;

/**
 * What `phi` says of each column beyond what was expected, every column by itself: one Newton step of a ridge.
 * `termOf(row, value, column)` compares an observation with its expectation. Returns phi x columns.
 */
export function fitColumns(
  phi: Matrix,
  columns: readonly Column[],
  termOf: (row: number, value: number, column: number) => Term,
): Matrix {
  const residual = zeros(phi.columns, columns.length);
  columns.forEach(({ rows, values }, c) => {
    if (rows.length === 0) return;
    const weights = new Float64Array(rows.length);
    const right = new Float64Array(phi.columns);
    rows.forEach((row, n) => {
      const { error, weight } = termOf(row, at(values, n), c);
      weights[n] = weight;
      addScaled(right, rowOf(phi, row), error);
    });
    const solution = solveCholesky(cholesky(gram(phi, rows, weights), COLUMN_RIDGE), right);
    solution.forEach((value, k) => {
      residual.data[k * columns.length + c] = value;
    });
  });
  return residual;
}

/**
 * The closest factorisation of `full` (phi x columns) of a given rank, columns counting by how much was observed of them
 * (`counts`): a column seen seldom is mostly noise and must not shape the parts.
 */
export function factorise(full: Matrix, counts: Float64Array, rank: number, random: () => number): LowRank {
  const columns = full.columns;
  const products = zeros(columns, columns);
  for (let k = 0; k < full.rows; k += 1) {
    const row = rowOf(full, k).map((value, c) => value * Math.sqrt(at(counts, c)));
    for (let a = 0; a < columns; a += 1) addScaled(rowOf(products, a), row, at(row, a));
  }
  const vectors = dominantEigenvectors(products, rank, random);
  const request = zeros(full.rows, vectors.rows);
  const strengths = zeros(columns, vectors.rows);
  for (let v = 0; v < vectors.rows; v += 1) {
    const vector = rowOf(vectors, v);
    for (let c = 0; c < columns; c += 1) {
      const root = Math.sqrt(at(counts, c));
      if (root === 0) continue;
      strengths.data[c * vectors.rows + v] = at(vector, c) / root;
      for (let k = 0; k < full.rows; k += 1)
        request.data[k * vectors.rows + v] =
          (request.data[k * vectors.rows + v] ?? 0) + (full.data[k * columns + c] ?? 0) * at(vector, c) * root;
    }
  }
  return { request, strengths };
}
