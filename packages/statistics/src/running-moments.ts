import { checkFinite } from './check-values.ts';

/** Count, mean and sum of squared distances from the mean of some values. */
export type RunningMoments = { n: number; mean: number; squares: number };

export const NO_MOMENTS: RunningMoments = { n: 0, mean: 0, squares: 0 };

/** With one value more (Welford 1962). @throws RangeError when it is not finite. */
export function updateMoments(moments: RunningMoments, value: number): RunningMoments {
  checkFinite([value]);
  return combinedMoments(moments, { n: 1, mean: value, squares: 0 });
}

/** Of the values of both (Chan, Golub and LeVeque 1979). */
export function combinedMoments(a: RunningMoments, b: RunningMoments): RunningMoments {
  const n = a.n + b.n;
  if (n === 0) return NO_MOMENTS;
  const distance = b.mean - a.mean;
  const share = b.n / n;
  return { n, mean: a.mean + distance * share, squares: a.squares + b.squares + distance * distance * a.n * share };
}

/** The unbiased sample variance; 0 for fewer than two values. */
export function runningVariance({ n, squares }: RunningMoments): number {
  return n < 2 ? 0 : squares / (n - 1);
}
