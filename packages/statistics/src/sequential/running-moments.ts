import { checkFinite } from '../check-values.ts';

/** Count, mean and sum of squared distances from the mean of the values so far. */
export type RunningMoments = { n: number; mean: number; squares: number };

export const NO_MOMENTS: RunningMoments = { n: 0, mean: 0, squares: 0 };

/** With one value more (Welford 1962). @throws RangeError when it is not finite. */
export function updateMoments({ n, mean, squares }: RunningMoments, value: number): RunningMoments {
  checkFinite([value]);
  const distance = value - mean;
  const moved = mean + distance / (n + 1);
  return { n: n + 1, mean: moved, squares: squares + distance * (value - moved) };
}

/** The unbiased sample variance; 0 for fewer than two values. */
export function runningVariance({ n, squares }: RunningMoments): number {
  return n < 2 ? 0 : squares / (n - 1);
}
