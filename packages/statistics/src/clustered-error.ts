import { mean } from './mean.ts';

/** Values, and for each the unit it belongs to: values of one unit are not independent. At least two units. */
export type ClusteredSample = { values: readonly number[]; units: readonly unknown[] };

/**
 * The standard error of the sum of the samples' means, robust to any dependence within units, also of units that occur in
 * several samples: sqrt(sum over units of (sum over samples of c sum (value - mean) / rows)^2), with the usual correction
 * c^2 = units / (units - 1) for estimated means (Liang and Zeger 1986). With a unit for each value: s / sqrt(n).
 */
export function clusteredError(samples: readonly ClusteredSample[]): number {
  const totals = new Map<unknown, number>();
  for (const { values, units } of samples) {
    const centre = mean(values);
    const count = new Set(units).size;
    const share = Math.sqrt(count / (count - 1)) / values.length;
    for (const [index, value] of values.entries()) {
      const unit = units[index];
      totals.set(unit, (totals.get(unit) ?? 0) + share * (value - centre));
    }
  }
  return Math.sqrt([...totals.values()].reduce((sum, total) => sum + total ** 2, 0));
}
