import { describe, expect, it } from 'vitest';
import { ridgeRegression } from './ridge-regression.ts';
import { solvePositiveDefinite } from './solve-positive-definite.ts';

describe('ridgeRegression', () => {
  const design = [
    [1, 2],
    [2, 1],
    [3, 5],
    [4, 3],
  ];
  const target = design.map(([a = 0, b = 0]) => 7 + 2 * a - b);

  it('finds the plane that the targets lie on when hardly penalised', () => {
    const { intercept, slopes } = ridgeRegression(design, target, 1e-9);
    expect(intercept).toBeCloseTo(7, 5);
    expect(slopes[0]).toBeCloseTo(2, 5);
    expect(slopes[1]).toBeCloseTo(-1, 5);
  });

  it('shrinks slopes to the closed form of one input: covariance over variance plus penalty', () => {
    const { slopes } = ridgeRegression([[1], [2], [3]], [1, 3, 8], 2);
    expect(slopes[0]).toBeCloseTo(7 / 3 / (2 / 3 + 2), 10);
  });

  it('foresees the mean when everything is penalised away', () => {
    const { intercept, slopes } = ridgeRegression(design, target, 1e9);
    expect(slopes.every((slope) => Math.abs(slope) < 1e-6)).toBe(true);
    expect(intercept).toBeCloseTo(9.25, 5);
  });

  it('refuses a penalty of 0, which leaves equal inputs without a solution', () => {
    expect(() => ridgeRegression(design, target, 0)).toThrow(RangeError);
  });
});

describe('solvePositiveDefinite', () => {
  it('solves a system by its lower triangle', () => {
    const matrix = Float64Array.from([4, 0, 0, 2, 5, 0, 1, 3, 6]);
    const full = [
      [4, 2, 1],
      [2, 5, 3],
      [1, 3, 6],
    ];
    const x = solvePositiveDefinite(matrix, [7, 10, 10]);
    for (const [row, wanted] of [7, 10, 10].entries()) {
      expect((full[row] ?? []).reduce((sum, value, i) => sum + value * (x[i] ?? 0), 0)).toBeCloseTo(wanted, 10);
    }
  });

  it('says so where a matrix is not positive definite', () => {
    expect(() => solvePositiveDefinite(Float64Array.from([1, 0, 2, 1]), [1, 1])).toThrow(/positive definite/);
  });
});
