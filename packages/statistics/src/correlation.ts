import { checkPairs } from './check-values.ts';
import { mean } from './mean.ts';
import { ranks } from './ranks.ts';
import { varies } from './varies.ts';

/**
 * Pearson's correlation, in [-1, 1]; undefined for fewer than two pairs or when one side does not vary.
 *
 * @throws RangeError when the lengths differ.
 */
export function pearson(x: readonly number[], y: readonly number[]): number | undefined {
  checkPairs(x, y);
  if (!varies(x) || !varies(y)) return undefined;
  const [centreX, centreY] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [index, value] of x.entries()) {
    const dx = value - centreX;
    const dy = (y[index] ?? Number.NaN) - centreY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  // Squares of differences below 1e-162 are 0.
  if (xx === 0 || yy === 0) return undefined;
  return Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy))));
}

/** Spearman's rank correlation, ties sharing the mean of their ranks; undefined and throws as `pearson`. */
export function spearman(x: readonly number[], y: readonly number[]): number | undefined {
  return pearson(ranks(x), ranks(y));
}
