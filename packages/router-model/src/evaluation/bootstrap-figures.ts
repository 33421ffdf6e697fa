import { quantile, seededRandom } from '@pointsman/statistics';
import type { Measured } from './measured.ts';

export type Resampling = { resamples: number; seed: number };

/** Named figures of a sample in which group `g` counts `weights[g]` times; undefined where a figure does not exist. */
export type WeightedFigures<Name extends string> = (
  weights: Float64Array,
) => Readonly<Record<Name, number | undefined>>;

/** Fewer independent groups cannot be resampled into an honest interval. */
const FEWEST_GROUPS = 10;
/** Resamples without a value may be left out up to this share; more would make the rest a biased choice. */
const MOST_UNDEFINED = 0.1;

/**
 * Several figures of the same sample at once, each with its 95 % percentile interval (Efron and Tibshirani 1993, chapter
 * 13). Groups of near-duplicates are drawn whole, for their requests are not independent. One pass over sorted or summed
 * data per resample: seconds where resampling rows would take minutes.
 */
export function bootstrapFigures<Name extends string>(
  groups: number,
  figures: WeightedFigures<Name>,
  { resamples, seed }: Resampling,
): Record<Name, Measured> {
  const values = figures(new Float64Array(groups).fill(1));
  const names = Object.keys(values) as Name[];
  const drawn = new Map(names.map((name) => [name, [] as number[]]));
  const random = seededRandom(seed);
  const weights = new Float64Array(groups);
  for (let n = 0; n < (groups < FEWEST_GROUPS ? 0 : resamples); n += 1) {
    drawGroups(weights, random);
    const sample = figures(weights);
    for (const name of names) {
      const value = sample[name];
      if (value !== undefined && Number.isFinite(value)) drawn.get(name)?.push(value);
    }
  }
  const entries = names.map((name) => [name, measuredOf(values[name], drawn.get(name) ?? [], resamples)]);
  return Object.fromEntries(entries) as Record<Name, Measured>;
}

function drawGroups(weights: Float64Array, random: () => number): void {
  weights.fill(0);
  for (let draw = 0; draw < weights.length; draw += 1) {
    const group = Math.floor(random() * weights.length);
    weights[group] = (weights[group] ?? 0) + 1;
  }
}

function measuredOf(value: number | undefined, drawn: readonly number[], resamples: number): Measured {
  const isEnough = drawn.length > 0 && drawn.length >= resamples * (1 - MOST_UNDEFINED);
  if (value === undefined || !Number.isFinite(value) || !isEnough) return { tooFew: true };
  return { value, low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };
}

/** Groups numbered from 0: the number of each request's, and how many there are. */
export type Grouping = { of: Int32Array; count: number };

/** Numbers groups from 0 in order of appearance. */
export function numberGroups(groups: Iterable<number>): Grouping {
  const numbers = new Map<number, number>();
  const of: number[] = [];
  for (const group of groups) {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    of.push(number);
  }
  return { of: Int32Array.from(of), count: numbers.size };
}
