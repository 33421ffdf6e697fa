import { mean } from './mean.ts';

/** Values, and for each the unit it belongs to: values of one unit are not independent. */
export type ClusteredSample = { values: readonly number[]; units: readonly unknown[] };

/** What each unit adds to the error of an estimate: its variance is the sum of their squares. */
export type Deviations = ReadonlyMap<unknown, number>;

/**
 * Of the mean of a sample: c sum (value - mean) / rows for each unit, with the usual correction c^2 = units / (units - 1)
 * for the mean being estimated (Liang and Zeger 1986). At least two units.
 */
export function meanDeviations({ values, units }: ClusteredSample): Deviations {
  const centre = mean(values);
  const sums = new Map<unknown, number>();
  for (const [index, value] of values.entries()) {
    const unit = units[index];
    sums.set(unit, (sums.get(unit) ?? 0) + value - centre);
  }
  const share = Math.sqrt(sums.size / (sums.size - 1)) / values.length;
  return new Map([...sums].map(([unit, sum]) => [unit, share * sum]));
}

/** The standard error of a sum of estimates, robust to dependence within units, also of units that occur in several. */
export function clusteredError(estimates: readonly Deviations[]): number {
  const totals = new Map<unknown, number>();
  for (const deviations of estimates) {
    for (const [unit, deviation] of deviations) totals.set(unit, (totals.get(unit) ?? 0) + deviation);
  }
  return Math.sqrt([...totals.values()].reduce((sum, total) => sum + total ** 2, 0));
}
