import { checkPairs } from './check-values.ts';
import { DEFAULT_CONFIDENCE, type Interval } from './interval.ts';
import { meanInterval } from './mean-interval.ts';

/**
 * The t interval for the mean of `after[i] - before[i]` over the same units; positive means `after` is larger.
 *
 * @throws RangeError when the lengths differ or `confidence` is not in (0, 1).
 */
export function pairedDifferenceInterval(
  before: readonly number[],
  after: readonly number[],
  confidence: number = DEFAULT_CONFIDENCE,
): Interval {
  checkPairs(before, after);
  return meanInterval(
    after.map((value, index) => value - (before[index] ?? Number.NaN)),
    confidence,
  );
}
