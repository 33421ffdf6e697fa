import { type Matrix, zeros } from './matrix.ts';

/** Lower triangle `L` with `L L' = matrix + ridge * I`. Throws when that is not positive definite. */
export function cholesky(matrix: Matrix, ridge = 0): Matrix {
  const size = matrix.rows;
  const lower = zeros(size, size);
  const { data } = lower;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = (matrix.data[i * size + j] ?? 0) + (i === j ? ridge : 0);
      for (let k = 0; k < j; k += 1) sum -= (data[i * size + k] ?? 0) * (data[j * size + k] ?? 0);
      if (i === j) {
        if (!(sum > 0)) throw new Error(`matrix is not positive definite: pivot ${sum} at ${i}`);
        data[i * size + i] = Math.sqrt(sum);
      } else data[i * size + j] = sum / (data[j * size + j] ?? 1);
    }
  }
  return lower;
}

/** Solves `L x = b` for a lower triangle. */
export function forwardSolve(lower: Matrix, b: ArrayLike<number>): Float64Array {
  const size = lower.rows;
  const x = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    let sum = b[i] ?? 0;
    for (let k = 0; k < i; k += 1) sum -= (lower.data[i * size + k] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (lower.data[i * size + i] ?? 1);
  }
  return x;
}

/** Solves `L' x = b` for a lower triangle. */
export function backwardSolve(lower: Matrix, b: ArrayLike<number>): Float64Array {
  const size = lower.rows;
  const x = Float64Array.from({ length: size }, (_, i) => b[i] ?? 0);
  for (let i = size - 1; i >= 0; i -= 1) {
    const value = (x[i] ?? 0) / (lower.data[i * size + i] ?? 1);
    x[i] = value;
    for (let k = 0; k < i; k += 1) x[k] = (x[k] ?? 0) - (lower.data[i * size + k] ?? 0) * value;
  }
  return x;
}

/** Solves `L L' x = b`. */
export function solveCholesky(lower: Matrix, b: ArrayLike<number>): Float64Array {
  return backwardSolve(lower, forwardSolve(lower, b));
}

/** Inverse of a lower triangle. */
export function invertLower(lower: Matrix): Matrix {
  const size = lower.rows;
  const inverse = zeros(size, size);
  for (let column = 0; column < size; column += 1) {
    const unit = new Float64Array(size);
    unit[column] = 1;
    const solved = forwardSolve(lower, unit);
    for (let row = 0; row < size; row += 1) inverse.data[row * size + column] = solved[row] ?? 0;
  }
  return inverse;
}
