import { mean } from './mean.ts';
import { ranks } from './ranks.ts';

/**
 * Pearson's correlation, in [-1, 1]; undefined for fewer than two pairs or when one side does not vary.
 *
 * @throws RangeError when the lengths differ.
 */
export function pearson(x: readonly number[], y: readonly number[]): number | undefined {
  if (x.length !== y.length) throw new RangeError(`Pairs need equal lengths, got ${x.length} and ${y.length}`);
  const [centreX, centreY] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [index, value] of x.entries()) {
    const dx = value - centreX;
    const dy = (y[index] ?? Number.NaN) - centreY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (x.length < 2 || xx === 0 || yy === 0) return undefined;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** Spearman's rank correlation, ties sharing the mean of their ranks; undefined and throws as `pearson`. */
export function spearman(x: readonly number[], y: readonly number[]): number | undefined {
  return pearson(ranks(x), ranks(y));
}
