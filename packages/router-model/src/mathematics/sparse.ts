import { addScaled, at, type Matrix, rowOf, zeros } from './matrix.ts';

/** A sparse matrix, row after row: row `r` owns entries `starts[r]` to `starts[r + 1]`. */
export type SparseMatrix = {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
};

export function sparseFrom(
  rows: readonly { indices: ArrayLike<number>; values: ArrayLike<number> }[],
  columns: number,
): SparseMatrix {
  const entries = rows.reduce((sum, row) => sum + row.indices.length, 0);
  const starts = new Int32Array(rows.length + 1);
  const indices = new Int32Array(entries);
  const values = new Float32Array(entries);
  let offset = 0;
  rows.forEach((row, r) => {
    indices.set(row.indices, offset);
    values.set(row.values, offset);
    offset += row.indices.length;
    starts[r + 1] = offset;
  });
  return { rows: rows.length, columns, starts, indices, values };
}

/** `sparse * dense`; only the listed rows when given, in that order. */
export function times(sparse: SparseMatrix, dense: Matrix, rows?: ArrayLike<number>): Matrix {
  const result = zeros(rows?.length ?? sparse.rows, dense.columns);
  for (let n = 0; n < result.rows; n += 1) {
    const row = rows === undefined ? n : at(rows, n);
    const target = rowOf(result, n);
    for (let entry = at(sparse.starts, row); entry < at(sparse.starts, row + 1); entry += 1)
      addScaled(target, rowOf(dense, at(sparse.indices, entry)), at(sparse.values, entry));
  }
  return result;
}

/** `sparse' * dense`; `dense` holds one row per listed row of `sparse` (per row when absent). */
export function transposedTimes(sparse: SparseMatrix, dense: Matrix, rows?: ArrayLike<number>): Matrix {
  const result = zeros(sparse.columns, dense.columns);
  for (let n = 0; n < dense.rows; n += 1) {
    const row = rows === undefined ? n : at(rows, n);
    const source = rowOf(dense, n);
    for (let entry = at(sparse.starts, row); entry < at(sparse.starts, row + 1); entry += 1)
      addScaled(rowOf(result, at(sparse.indices, entry)), source, at(sparse.values, entry));
  }
  return result;
}
