import { seededRandom } from '@pointsman/statistics';

/** Means over the same rows, each over those rows that have a value. */
export type MeanTable = {
  /** By column: one value for each row, undefined where it has none. */
  columns: readonly (readonly (number | undefined)[])[];
  /** Rows of one group are drawn together. */
  groups: readonly string[];
};

export type Resampler = {
  /** Draws the groups anew, with replacement, as often as said. */
  draw(times: number): void;
  /** Each column's means of all draws, ascending. */
  means(): number[][];
  /** Independent units that are drawn. */
  units: number;
};

/**
 * A bootstrap of many means at once, in steps that its caller may pause between: rows are first added up by group, and all
 * columns are drawn together, so that differences between them are those of the same requests (Efron and Tibshirani, "An
 * Introduction to the Bootstrap", 1993, chapter 8). The same seed gives the same draws.
 */
export function createResampler({ columns, groups }: MeanTable, seed: number): Resampler {
  const numbers = new Map<string, number>();
  const groupOf = groups.map((name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  const units = numbers.size;
  const width = 2 * columns.length;
  const sums = new Float64Array(units * width);
  for (const [column, values] of columns.entries()) {
    for (const [row, value] of values.entries()) {
      if (value === undefined) continue;
      const place = (groupOf[row] ?? 0) * width + 2 * column;
      sums[place] = (sums[place] ?? 0) + value;
      sums[place + 1] = (sums[place + 1] ?? 0) + 1;
    }
  }
  const random = seededRandom(seed);
  const drawn: number[][] = columns.map(() => []);
  const total = new Float64Array(width);
  const drawOnce = () => {
    total.fill(0);
    for (let unit = 0; unit < units; unit += 1) {
      const offset = Math.floor(random() * units) * width;
      for (let at = 0; at < width; at += 1) total[at] = (total[at] ?? 0) + (sums[offset + at] ?? 0);
    }
    for (const [column, means] of drawn.entries()) {
      const count = total[2 * column + 1] ?? 0;
      if (count > 0) means.push((total[2 * column] ?? 0) / count);
    }
  };
  return {
    units,
    draw(times) {
      for (let turn = 0; turn < times; turn += 1) drawOnce();
    },
    means: () => drawn.map((means) => means.toSorted((a, b) => a - b)),
  };
}
