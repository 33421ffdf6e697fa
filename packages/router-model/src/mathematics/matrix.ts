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
 * `X' diag(weights) X` over the listed rows of `x` (all rows when absent), full and symmetric. Training spends most of
 * its time here: four rows at a time need a quarter of the passes over the result.
 */
export function gram(x: Matrix, rows?: ArrayLike<number>, weights?: ArrayLike<number>): Matrix {
  const result = zeros(x.columns, x.columns);
  const count = rows?.length ?? x.rows;
  const nothing = new Float64Array(x.columns);
  for (let n = 0; n < count; n += 4) {
    const block = [0, 1, 2, 3].map((k) => {
      if (n + k >= count) return { row: nothing, weight: 0 };
      return {
        row: rowOf(x, rows === undefined ? n + k : at(rows, n + k)),
        weight: weights === undefined ? 1 : at(weights, n + k),
      };
    });
    addOuterProducts(result, block);
  }
  mirrorLowerTriangle(result);
  return result;
}

type WeightedRow = { row: Float64Array; weight: number };

/** Adds `weight * row' row` of four rows to the lower triangle. */
function addOuterProducts({ data, columns }: Matrix, block: readonly WeightedRow[]): void {
  const [a, b, c, d] = block;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return;
  const [ra, rb, rc, rd] = [a.row, b.row, c.row, d.row];
  for (let i = 0; i < columns; i += 1) {
    const fa = a.weight * (ra[i] ?? 0);
    const fb = b.weight * (rb[i] ?? 0);
    const fc = c.weight * (rc[i] ?? 0);
    const fd = d.weight * (rd[i] ?? 0);
    const offset = i * columns;
    for (let j = 0; j <= i; j += 1)
      data[offset + j] =
        (data[offset + j] ?? 0) + fa * (ra[j] ?? 0) + fb * (rb[j] ?? 0) + fc * (rc[j] ?? 0) + fd * (rd[j] ?? 0);
  }
}

function mirrorLowerTriangle({ data, columns }: Matrix): void {
  for (let i = 0; i < columns; i += 1)
    for (let j = 0; j < i; j += 1) data[j * columns + i] = data[i * columns + j] ?? 0;
}
