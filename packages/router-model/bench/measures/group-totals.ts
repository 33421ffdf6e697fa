import { quantile, seededRandom } from '@pointsman/statistics';

/** Sums of several quantities by near-duplicate group: groups x columns. Everything that is resampled is a sum first. */
export type GroupTotals = { columns: number; data: Float64Array };

/** Column sums, each group counted as often as its weight says. */
export function weightedTotals({ columns, data }: GroupTotals, weights: ArrayLike<number>): Float64Array {
  const totals = new Float64Array(columns);
  for (let g = 0; g < weights.length; g += 1) {
    const weight = weights[g] ?? 0;
    if (weight === 0) continue;
    const offset = g * columns;
    for (let c = 0; c < columns; c += 1) totals[c] = (totals[c] ?? 0) + weight * (data[offset + c] ?? 0);
  }
  return totals;
}

/** A value with its 95 % bootstrap interval over near-duplicate groups. */
export type Estimate = { value: number; low: number; high: number };

export type Resampling = { resamples: number; seed: number };

/**
 * Several statistics at once with percentile intervals. `measure` gets how often each group counts: once each for the
 * value, as drawn with replacement for each resample. Resamples in which a statistic is not finite are left out of it.
 */
export function bootstrap(
  groups: number,
  measure: (weights: Float64Array) => readonly number[],
  { resamples, seed }: Resampling,
): Estimate[] {
  const random = seededRandom(seed);
  const samples: (readonly number[])[] = [];
  for (let n = 0; n < resamples; n += 1) {
    const weights = new Float64Array(groups);
    for (let draw = 0; draw < groups; draw += 1) {
      const group = Math.floor(random() * groups);
      weights[group] = (weights[group] ?? 0) + 1;
    }
    samples.push(measure(weights));
  }
  return measure(new Float64Array(groups).fill(1)).map((value, n) => {
    const drawn = samples.map((sample) => sample[n] ?? Number.NaN).filter(Number.isFinite);
    const edge = (p: number): number => (drawn.length === 0 ? Number.NaN : quantile(drawn, p));
    return { value, low: edge(0.025), high: edge(0.975) };
  });
}

/** Numbers near-duplicate groups from 0, in order of appearance. */
export function numberGroups(groups: Iterable<number>): { of: Int32Array; count: number } {
  const numbers = new Map<number, number>();
  const of: number[] = [];
  for (const group of groups) {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    of.push(number);
  }
  return { of: Int32Array.from(of), count: numbers.size };
}
