import { mean } from '@pointsman/statistics';
import { solvePositiveDefinite } from './solve-positive-definite.ts';

export type RidgeFit = { intercept: number; slopes: number[] };

/**
 * Least squares with a penalty on the slopes, not on the intercept: minimises the mean squared error plus
 * `penalty` times the sum of squared slopes (Hoerl and Kennard 1970). Rows of `design` have one length.
 *
 * @throws RangeError unless `penalty` is above 0.
 */
export function ridgeRegression(design: readonly number[][], target: readonly number[], penalty: number): RidgeFit {
  if (!(penalty > 0)) throw new RangeError(`A ridge penalty is above 0, got ${penalty}`);
  const width = design[0]?.length ?? 0;
  const centres = Array.from({ length: width }, (_, column) => mean(design.map((row) => row[column] ?? 0)));
  const centre = mean(target);
  const moments = new Float64Array(width * width);
  const products = new Float64Array(width);
  for (const [index, row] of design.entries()) {
    const x = row.map((value, column) => value - (centres[column] ?? 0));
    const y = (target[index] ?? 0) - centre;
    for (let i = 0; i < width; i++) {
      const xi = x[i] ?? 0;
      products[i] = (products[i] ?? 0) + xi * y;
      for (let j = 0; j <= i; j++) moments[i * width + j] = (moments[i * width + j] ?? 0) + xi * (x[j] ?? 0);
    }
  }
  for (let i = 0; i < width; i++) moments[i * width + i] = (moments[i * width + i] ?? 0) + penalty * design.length;
  const slopes = [...solvePositiveDefinite(moments, products)];
  return { intercept: centre - slopes.reduce((sum, slope, i) => sum + slope * (centres[i] ?? 0), 0), slopes };
}
