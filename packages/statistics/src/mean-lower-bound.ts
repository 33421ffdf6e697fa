import { bettingPValue } from './betting-p-value.ts';
import { fixedSequenceTest } from './fixed-sequence-test.ts';
import { DEFAULT_CONFIDENCE } from './interval.ts';
import type { Range } from './unit-scale.ts';

export type LowerBoundOptions = Range & { confidence?: number | undefined };

/**
 * What the mean of independent values in [low, high] is at least, with the given confidence, whatever their distribution:
 * the last of `STEPS` bars from low upwards that `bettingPValue` rejects, tested in a fixed sequence. `low` when none is.
 *
 * The order of the values must not depend on them. An upper bound is the negative of the lower bound of the negatives.
 *
 * @throws RangeError for values outside the range, a confidence outside (0, 1).
 */
export function meanLowerBound(values: readonly number[], options: LowerBoundOptions): number {
  const { low, high, confidence = DEFAULT_CONFIDENCE } = options;
  const level = 1 - confidence;
  const barOf = (step: number) => low + ((high - low) * step) / STEPS;
  function* pValues() {
    for (let step = 1; step < STEPS; step++) yield bettingPValue(values, { low, high, level, bar: barOf(step) });
  }
  return barOf(fixedSequenceTest(pValues(), level));
}

/** The bound is this fine a share of the range. */
const STEPS = 1000;
