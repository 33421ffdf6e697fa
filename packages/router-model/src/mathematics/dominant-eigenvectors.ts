import { at, dot, type Matrix, rowOf, vectorTimes, zeros } from './matrix.ts';

const ITERATIONS = 100;

/**
 * The eigenvectors of the largest eigenvalues of a symmetric, positive semi-definite matrix, by orthogonal iteration.
 * Returns count x size, one unit vector a row, largest first.
 */
export function dominantEigenvectors(matrix: Matrix, count: number, random: () => number): Matrix {
  const vectors = zeros(Math.min(count, matrix.rows), matrix.rows);
  vectors.data.forEach((_, i) => {
    vectors.data[i] = random() - 0.5;
  });
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    for (let v = 0; v < vectors.rows; v += 1) rowOf(vectors, v).set(vectorTimes(rowOf(vectors, v), matrix));
    orthonormalise(vectors);
  }
  return vectors;
}

/** Gram-Schmidt; a row that depends on those before it becomes zero. */
function orthonormalise(vectors: Matrix): void {
  for (let v = 0; v < vectors.rows; v += 1) {
    const vector = rowOf(vectors, v);
    for (let u = 0; u < v; u += 1) {
      const other = rowOf(vectors, u);
      const overlap = dot(vector, other);
      for (let i = 0; i < vector.length; i += 1) vector[i] = at(vector, i) - overlap * at(other, i);
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < vector.length; i += 1) vector[i] = norm < 1e-12 ? 0 : at(vector, i) / norm;
  }
}
