import { checkConfidence } from '../interval.ts';
import { combinedMoments, NO_MOMENTS, type RunningMoments } from '../running-moments.ts';
import { statesAfter } from '../states-after.ts';
import { type Range, unitScaled } from '../unit-scale.ts';

export type AdwinOptions = Partial<Range> & {
  /** About the chance of a false alarm at any one value; 0.002 when absent. The range is 0 to 1 when absent. */
  delta?: number | undefined;
};

/** Plain data, some 5 log2(n / 5) numbers of buckets. */
export type AdwinState = {
  /** The values still thought to have the same mean: the newest `window.n`. */
  window: RunningMoments;
  /** They, oldest first, in buckets of powers of two. */
  buckets: readonly RunningMoments[];
  /** Values that the last one showed to be of another mean: above 0 is an alarm. */
  dropped: number;
};

/**
 * ADWIN, one value at a time: a window that grows while the mean stays and loses its oldest values once it has changed. It
 * needs to know neither the mean nor the spread beforehand, nor the size of the change (Bifet and Gavalda, "Learning from
 * time-changing data with adaptive windowing", 2007, as ADWIN2).
 *
 * Wherever the window of n values splits into n0 older and n1 newer ones, 5 at least each, whose means differ by more than
 * sqrt(2/m v L) + 2/(3m) L, the oldest bucket goes: 1/m = 1/n0 + 1/n1, L = ln(2 ln(n) / delta), v the window's variance,
 * on the unit scale.
 *
 * @param state undefined to begin.
 * @throws RangeError for values outside the range, a delta outside (0, 1).
 */
export function updateAdwin(state: AdwinState | undefined, value: number, options: AdwinOptions = {}): AdwinState {
  const { low = 0, high = 1, delta = 0.002 } = options;
  checkConfidence(delta);
  unitScaled([value], { low, high });
  let buckets = compressed([...(state?.buckets ?? []), { n: 1, mean: value, squares: 0 }]);
  let window = windowOf(buckets);
  const { n } = window;
  while (hasChanged(buckets, window, { delta, width: high - low })) {
    buckets = buckets.slice(1);
    window = windowOf(buckets);
  }
  return { window, buckets, dropped: n - window.n };
}

/** The state after each value: `updateAdwin` over an array, and throws as it does. */
export function adwin(values: readonly number[], options: AdwinOptions = {}): AdwinState[] {
  return statesAfter<AdwinState>(values, (state, value) => updateAdwin(state, value, options));
}

function windowOf(buckets: readonly RunningMoments[]): RunningMoments {
  return buckets.reduce(combinedMoments, NO_MOMENTS);
}

/** Of each size at most `MOST_OF_A_SIZE` buckets stay: one more, and the two oldest become one. */
function compressed(buckets: RunningMoments[]): RunningMoments[] {
  for (let size = 1; ; size *= 2) {
    const first = buckets.findIndex(({ n }) => n === size);
    const count = buckets.filter(({ n }) => n === size).length;
    const [older, newer] = buckets.slice(first, first + 2);
    if (count <= MOST_OF_A_SIZE || older === undefined || newer === undefined) return buckets;
    buckets.splice(first, 2, combinedMoments(older, newer));
  }
}

function hasChanged(
  buckets: readonly RunningMoments[],
  window: RunningMoments,
  { delta, width }: { delta: number; width: number },
): boolean {
  const logTerm = Math.log((2 * Math.log(window.n)) / delta);
  const variance = window.squares / window.n;
  let older = NO_MOMENTS;
  for (const bucket of buckets) {
    older = combinedMoments(older, bucket);
    const newerN = window.n - older.n;
    if (older.n < LEAST_OF_A_SIDE || newerN < LEAST_OF_A_SIDE) continue;
    const newerMean = (window.n * window.mean - older.n * older.mean) / newerN;
    const share = 1 / older.n + 1 / newerN;
    const margin = Math.sqrt(2 * share * variance * logTerm) + (2 / 3) * share * width * logTerm;
    if (Math.abs(older.mean - newerMean) > margin) return true;
  }
  return false;
}

const MOST_OF_A_SIZE = 5;
const LEAST_OF_A_SIDE = 5;
