import type { StandardErrorOf } from './bootstrap-interval.ts';

/**
 * The standard error of the mean of a value over all rows, for `bootstrapInterval`'s bootstrap-t: s / sqrt(n) for single
 * rows; for units of several sqrt(k / (k - 1) sum over units of (sum (value - mean))^2) / rows, robust to dependence within
 * each of the k units (Liang and Zeger 1986). Undefined for fewer than two units.
 */
export function standardErrorOfMean<Row>(value: (row: Row) => number): StandardErrorOf<Row> {
  return (units) => {
    if (units.length < 2) return undefined;
    let [rows, total] = [0, 0];
    const sums = units.map((unit) => {
      let sum = 0;
      for (const row of unit) sum += value(row);
      rows += unit.length;
      total += sum;
      return { sum, length: unit.length };
    });
    const centre = total / rows;
    const squares = sums.reduce((all, { sum, length }) => all + (sum - length * centre) ** 2, 0);
    return Math.sqrt((squares * units.length) / (units.length - 1)) / rows;
  };
}
