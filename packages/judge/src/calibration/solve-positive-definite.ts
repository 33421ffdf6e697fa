/**
 * Solves `matrix x = right` for a symmetric positive definite matrix, by Cholesky's decomposition. `matrix` holds the rows
 * one after the other, of which the lower triangle is read, and is overwritten.
 *
 * @throws RangeError where it is not positive definite.
 */
export function solvePositiveDefinite(matrix: Float64Array, right: ArrayLike<number>): Float64Array {
  const size = right.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (matrix[i * size + k] ?? 0) * (matrix[j * size + k] ?? 0);
      if (i !== j) matrix[i * size + j] = sum / (matrix[j * size + j] ?? 1);
      else if (sum > 0) matrix[i * size + i] = Math.sqrt(sum);
      else throw new RangeError(`The matrix is not positive definite: pivot ${sum} at ${i}`);
    }
  }
  return backward(matrix, forward(matrix, right));
}

function forward(lower: Float64Array, right: ArrayLike<number>): Float64Array {
  const size = right.length;
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = right[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (lower[i * size + k] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (lower[i * size + i] ?? 1);
  }
  return x;
}

function backward(lower: Float64Array, x: Float64Array): Float64Array {
  const size = x.length;
  for (let i = size - 1; i >= 0; i--) {
    const value = (x[i] ?? 0) / (lower[i * size + i] ?? 1);
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] = (x[k] ?? 0) - (lower[i * size + k] ?? 0) * value;
  }
  return x;
}
