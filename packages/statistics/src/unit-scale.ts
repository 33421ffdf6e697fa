/** The range that values are known to lie in before any is seen. */
export type Range = { low: number; high: number };

/** A mean's null hypothesis: it is at most `bar`, of values known to lie in [low, high], with low <= bar < high. */
export type MeanHypothesis = Range & { bar: number };

/** What a mean of group averages may exceed its range by through rounding alone. */
const ROUNDING = 1e-9;

/**
 * Values moved to [0, 1].
 *
 * @throws RangeError when the range is empty or a value lies outside it: a bound for bounded values would be false.
 */
export function unitScaled(values: readonly number[], { low, high }: Range): number[] {
  const width = high - low;
  if (!(width > 0 && Number.isFinite(width)))
    throw new RangeError(`A range goes from low to high, got ${low} to ${high}`);
  return values.map((value) => {
    const scaled = (value - low) / width;
    if (!(scaled >= -ROUNDING && scaled <= 1 + ROUNDING)) {
      throw new RangeError(`Values lie in [${low}, ${high}], got ${value}`);
    }
    return Math.min(1, Math.max(0, scaled));
  });
}

/** The values and the bar, moved to [0, 1]. @throws RangeError as `unitScaled`, and unless low <= bar < high. */
export function unitScaledTest(
  values: readonly number[],
  { bar, low, high }: MeanHypothesis,
): { values: number[]; bar: number } {
  if (!(bar >= low && bar < high)) throw new RangeError(`A bar lies in [${low}, ${high}), got ${bar}`);
  return { values: unitScaled(values, { low, high }), bar: (bar - low) / (high - low) };
}
