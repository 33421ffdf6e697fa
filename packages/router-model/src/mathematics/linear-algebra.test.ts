import { seededRandom } from '@pointsman/statistics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, invertLower, solveCholesky } from './cholesky.ts';
import { dominantSubspace } from './dominant-subspace.ts';
import { dot, gram, type Matrix, rowOf, transpose, vectorTimes, zeros } from './matrix.ts';
import { sparseFrom, times, transposedTimes } from './sparse.ts';

const matrixOf = (rows: number, columns: number, random: () => number): Matrix => {
  const matrix = zeros(rows, columns);
  for (let i = 0; i < matrix.data.length; i += 1) matrix.data[i] = random() - 0.5;
  return matrix;
};

describe('cholesky', () => {
  it('solves positive definite systems', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (size, seed) => {
        const random = seededRandom(seed);
        const x = matrixOf(size + 3, size, random);
        const products = gram(x);
        const expected = Float64Array.from({ length: size }, () => random());
        const solved = solveCholesky(cholesky(products, 0.1), vectorTimes(expected, ridged(products, 0.1)));
        solved.forEach((value, i) => {
          expect(value).toBeCloseTo(expected[i] ?? 0, 8);
        });
      }),
    );
  });

  it('says so when a matrix is not positive definite', () => {
    expect(() => cholesky({ rows: 2, columns: 2, data: Float64Array.of(1, 2, 2, 1) })).toThrow(/not positive definite/);
  });

  it('inverts its factor', () => {
    const lower = cholesky(gram(matrixOf(9, 5, seededRandom(3))), 0.5);
    const inverse = invertLower(lower);
    for (let i = 0; i < 5; i += 1) {
      const row = vectorTimes(rowOf(lower, i), inverse);
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(i === j ? 1 : 0, 10);
      });
    }
  });
});

function ridged(matrix: Matrix, ridge: number): Matrix {
  const data = matrix.data.slice();
  for (let i = 0; i < matrix.rows; i += 1) data[i * matrix.rows + i] = (data[i * matrix.rows + i] ?? 0) + ridge;
  return { ...matrix, data };
}

describe('sparse products', () => {
  it('agree with the dense ones', () => {
    const dense = matrixOf(6, 4, seededRandom(1));
    const sparse = sparseFrom(
      Array.from({ length: 6 }, (_, r) => ({ indices: [0, 1, 2, 3], values: rowOf(dense, r) })),
      4,
    );
    const right = matrixOf(4, 3, seededRandom(2));
    expect(times(sparse, right).data[4]).toBeCloseTo(vectorTimes(rowOf(dense, 1), right)[1] ?? 0, 6);
    const products = transposedTimes(sparse, dense);
    gram(dense).data.forEach((value, i) => {
      expect(products.data[i]).toBeCloseTo(value, 6);
    });
  });
});

describe('dominantSubspace', () => {
  it('finds an orthonormal basis of the space a low-rank matrix spans', () => {
    const random = seededRandom(5);
    const directions = matrixOf(3, 20, random);
    const rows = Array.from({ length: 40 }, () => vectorTimes([random(), random(), random()], directions));
    const sparse = sparseFrom(
      rows.map((values) => ({ indices: values.map((_, i) => i), values })),
      20,
    );
    const basis = dominantSubspace(sparse, { dimensions: 3, iterations: 4, random });
    const columns = transpose(basis);
    for (let a = 0; a < 3; a += 1)
      for (let b = 0; b < 3; b += 1) expect(dot(rowOf(columns, a), rowOf(columns, b))).toBeCloseTo(a === b ? 1 : 0, 6);
    for (const row of rows) {
      const projected = vectorTimes(row, basis);
      expect(dot(projected, projected)).toBeCloseTo(dot(row, row), 4);
    }
  });
});
