import { normalCdf } from './distributions/normal-cdf.ts';
import { normalQuantile } from './distributions/normal-quantile.ts';
import { checkConfidence, DEFAULT_CONFIDENCE, type Interval, tooFew } from './interval.ts';
import { mean } from './mean.ts';
import { sortedQuantile } from './quantile.ts';
import { type Random, seededRandom } from './seeded-random.ts';

/** A number computed from rows; undefined where it does not exist, as a ratio over zero or the correlation of a constant. */
export type Statistic<Row> = (rows: readonly Row[]) => number | undefined;

export type BootstrapOptions<Row> = {
  /** The same seed gives the same interval. */
  seed: number | string;
  confidence?: number | undefined;
  /** 2000 when absent: enough for the ends of a 95 % interval. */
  resamples?: number | undefined;
  /** Rows of one group (a document, a prompt, a user) are drawn together, for they are not independent. */
  groupOf?: ((row: Row) => string) | undefined;
  /** Fewest independent units that get an interval; 10 when absent: below that, resampling covers too seldom. */
  fewest?: number | undefined;
} & (
  | {
      /** `bca` (bias-corrected and accelerated, the default) or `percentile`. */
      method?: 'bca' | 'percentile' | undefined;
    }
  | {
      /** Studentised: the best for means of few or skewed units, where the standard error can be told from the rows. */
      method: 'bootstrap-t';
      standardError: StandardErrorOf<Row>;
    }
);

/**
 * The standard error of the statistic, from the rows of each independent unit: one row each, or the rows of one group. A
 * group drawn twice is two units. Undefined or 0 where it cannot be told.
 */
export type StandardErrorOf<Row> = (units: readonly (readonly Row[])[]) => number | undefined;

/** Resamples without a value may be left out up to this share; more would make the rest a biased choice. */
const MOST_UNDEFINED = 0.1;
/** Units left out for the acceleration: the cost of BCa grows with this times the rows. */
const MOST_LEFT_OUT = 1000;

/**
 * A bootstrap interval for any statistic of rows: a mean, a quantile, a ratio of sums over paired rows, a correlation.
 *
 * Too few when there are fewer independent units than `fewest`, when the statistic (for bootstrap-t also its standard
 * error) does not exist, or not on more than a tenth of the resamples. `n` counts units: groups when `groupOf` is given, else
 * rows. Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 12 to 14.
 *
 * @throws RangeError when `confidence` is not in (0, 1).
 */
export function bootstrapInterval<Row>(
  rows: readonly Row[],
  statistic: Statistic<Row>,
  options: BootstrapOptions<Row>,
): Interval {
  const { confidence = DEFAULT_CONFIDENCE, resamples = 2000, fewest = 10 } = options;
  checkConfidence(confidence);
  const units = unitsOf(rows, options.groupOf);
  const estimate = finite(statistic(rows));
  if (units.length < Math.max(fewest, 2) || estimate === undefined) return tooFew(units.length);
  const sample = { units, estimate, levels: [(1 - confidence) / 2, (1 + confidence) / 2] };
  const draws = { count: resamples, random: seededRandom(options.seed) };
  const ends =
    options.method === 'bootstrap-t'
      ? studentisedEnds(sample, { statistic, standardError: options.standardError }, draws)
      : percentileEnds(sample, { statistic, isCorrected: options.method !== 'percentile' }, draws);
  if (ends === undefined) return tooFew(units.length);
  const [low = estimate, high = estimate] = ends;
  return { estimate, low, high, confidence, n: units.length };
}

type Sample<Row> = { units: Row[][]; estimate: number; levels: number[] };
type Draws = { count: number; random: Random };

function percentileEnds<Row>(
  { units, estimate, levels }: Sample<Row>,
  { statistic, isCorrected }: { statistic: Statistic<Row>; isCorrected: boolean },
  draws: Draws,
): number[] | undefined {
  const replicates = replicatesOf(units, (drawn) => statistic(rowsOf(drawn)), draws);
  if (replicates === undefined) return undefined;
  const taken = isCorrected
    ? correctedLevels(levels, biasOf(estimate, replicates), accelerationOf(jackknife(units, statistic), units.length))
    : levels;
  return taken.map((level) => sortedQuantile(replicates, level));
}

/** The quantiles of (replicate - estimate) / its standard error stand for those of Student's t, and need not be symmetric. */
function studentisedEnds<Row>(
  { units, estimate, levels }: Sample<Row>,
  { statistic, standardError }: { statistic: Statistic<Row>; standardError: StandardErrorOf<Row> },
  draws: Draws,
): number[] | undefined {
  const error = finite(standardError(units)) ?? 0;
  if (!(error > 0)) return undefined;
  const studentised = (drawn: Row[][]) => {
    const [value, itsError] = [statistic(rowsOf(drawn)), standardError(drawn)];
    return value === undefined || itsError === undefined ? undefined : (value - estimate) / itsError;
  };
  const replicates = replicatesOf(units, studentised, draws);
  if (replicates === undefined) return undefined;
  return levels.map((level) => estimate - error * sortedQuantile(replicates, 1 - level));
}

function unitsOf<Row>(rows: readonly Row[], groupOf: ((row: Row) => string) | undefined): Row[][] {
  if (groupOf === undefined) return rows.map((row) => [row]);
  return [...Map.groupBy(rows, groupOf).values()];
}

/** A loop: `flat` takes several times as long, on the hottest path. */
function rowsOf<Row>(units: readonly Row[][]): Row[] {
  const rows: Row[] = [];
  for (const unit of units) for (const row of unit) rows.push(row);
  return rows;
}

/** Ascending; undefined when more than `MOST_UNDEFINED` do not exist. */
function replicatesOf<Row>(
  units: Row[][],
  value: (drawn: Row[][]) => number | undefined,
  { count, random }: Draws,
): number[] | undefined {
  const replicates: number[] = [];
  for (let resample = 0; resample < count; resample++) {
    const drawn = units.map(() => units[Math.floor(random() * units.length)] ?? []);
    const replicate = finite(value(drawn));
    if (replicate !== undefined) replicates.push(replicate);
  }
  return replicates.length < count * (1 - MOST_UNDEFINED) ? undefined : replicates.sort((a, b) => a - b);
}

/** The statistic with each unit left out in turn; of many units, evenly spaced ones stand for all. */
function jackknife<Row>(units: Row[][], statistic: Statistic<Row>): number[] {
  const stride = Math.ceil(units.length / MOST_LEFT_OUT);
  return units
    .map((_, left) => (left % stride === 0 ? finite(statistic(rowsOf(units.toSpliced(left, 1)))) : undefined))
    .filter((value) => value !== undefined);
}

/** The percentiles that BCa takes instead of the nominal ones. */
function correctedLevels(levels: number[], bias: number, acceleration: number): number[] {
  return levels.map((level) => {
    const shifted = bias + normalQuantile(level);
    return normalCdf(bias + shifted / (1 - acceleration * shifted));
  });
}

function biasOf(estimate: number, replicates: readonly number[]): number {
  const below = replicates.filter((value) => value < estimate).length;
  const ties = replicates.filter((value) => value === estimate).length;
  // Half of the ties count as below: with heavy ties the plain share would claim a bias that is none.
  return normalQuantile(clamp((below + ties / 2) / replicates.length, replicates.length));
}

function accelerationOf(leftOut: number[], units: number): number {
  const centre = mean(leftOut);
  const differences = leftOut.map((value) => centre - value);
  const squares = differences.reduce((sum, difference) => sum + difference ** 2, 0);
  const cubes = differences.reduce((sum, difference) => sum + difference ** 3, 0);
  if (squares === 0) return 0;
  // Each unit left out stands for `share` units; the formula is cubes / (6 squares^1.5) over all of them.
  const share = units / leftOut.length;
  return (share * cubes) / (6 * (share * squares) ** 1.5);
}

/** Away from 0 and 1, where the normal quantile is infinite, by half a resample. */
function clamp(share: number, resamples: number): number {
  return Math.min(Math.max(share, 0.5 / resamples), 1 - 0.5 / resamples);
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
