/** A dense matrix, row after row. */
export type Matrix = { readonly rows: number; readonly columns: number; readonly data: Float64Array };

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

/** A view of one row: writing to it writes to the matrix. */
export function rowOf(matrix: Matrix, row: number): Float64Array {
  return matrix.data.subarray(row * matrix.columns, (row + 1) * matrix.columns);
}

export function at(values: ArrayLike<number>, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`index ${index} is outside 0..${values.length - 1}`);
  return value;
}

/** `a[i] + scale * b[i]`, written into `a`. */
export function addScaled(a: Float64Array, b: ArrayLike<number>, scale: number): void {
  for (let i = 0; i < a.length; i += 1) a[i] = (a[i] ?? 0) + scale * (b[i] ?? 0);
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Row vector times matrix. */
export function vectorTimes(vector: ArrayLike<number>, matrix: Matrix): Float64Array {
  const product = new Float64Array(matrix.columns);
  for (let row = 0; row < matrix.rows; row += 1) {
    const factor = vector[row] ?? 0;
    if (factor !== 0) addScaled(product, rowOf(matrix, row), factor);
  }
  return product;
}

export function transpose(matrix: Matrix): Matrix {
  const result = zeros(matrix.columns, matrix.rows);
  for (let row = 0; row < matrix.rows; row += 1)
    for (let column = 0; column < matrix.columns; column += 1)
      result.data[column * matrix.rows + row] = matrix.data[row * matrix.columns + column] ?? 0;
  return result;
}

/**
 * `X' diag(weights) X` over the listed rows of `x` (all rows when absent), full and symmetric.
 */
export function gram(x: Matrix, rows?: ArrayLike<number>, weights?: ArrayLike<number>): Matrix {
  const size = x.columns;
  const result = zeros(size, size);
  const { data } = result;
  const count = rows?.length ?? x.rows;
  for (let n = 0; n < count; n += 1) {
    const vector = rowOf(x, rows === undefined ? n : at(rows, n));
    const weight = weights === undefined ? 1 : at(weights, n);
    for (let i = 0; i < size; i += 1) {
      const factor = (vector[i] ?? 0) * weight;
      if (factor === 0) continue;
      const offset = i * size;
      for (let j = 0; j <= i; j += 1) data[offset + j] = (data[offset + j] ?? 0) + factor * (vector[j] ?? 0);
    }
  }
  for (let i = 0; i < size; i += 1) for (let j = 0; j < i; j += 1) data[j * size + i] = data[i * size + j] ?? 0;
  return result;
}
