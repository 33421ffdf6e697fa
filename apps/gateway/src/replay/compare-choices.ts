import type { Figure, PolicyReplay, ReplaySide } from '@pointsman/contracts';
import { normalQuantile, proportionInterval, quantile } from '@pointsman/statistics';
import type { MeasuredChoice } from './measure-choices.ts';
import { createResampler, type MeanTable } from './resample-means.ts';

/** Fewer requests than this are shown without intervals. */
const FEWEST = 30;
/** Fewer independent sessions or requests say nothing about others. */
const FEWEST_UNITS = 10;
const RESAMPLES = 1000;
const RESAMPLES_AT_ONCE = 10;
const SEED = 20_261_121;
const Z = normalQuantile(0.975);

export type ComparedRequest = { now: MeasuredChoice; next: MeasuredChoice; group: string };

export type Comparison = Pick<PolicyReplay, 'now' | 'next' | 'change' | 'tooFew'>;

/** A mean to be estimated, with what its rows' estimates may be off by on their own. */
type Column = {
  values: (number | undefined)[];
  /** Standard deviations of the rows; absent when they are known. */
  spreads?: number[];
  /** The mean of something that is 0 or 1. */
  isShare?: true;
};
const MEASURES = ['costNanoUsd', 'quality', 'belowMinimum', 'latencyP95Ms', 'refused'] as const;
type Measure = (typeof MEASURES)[number];
type Sides = 'now' | 'next' | 'change';

/**
 * Figures of both policies and their differences over the same requests. Intervals (95 %) hold the scatter between requests,
 * by a bootstrap over sessions, and that of each reply around its estimate, taken as independent from request to request: they
 * do not cover a bias that all estimates share. `pause` is awaited now and then, for this may take a tenth of a second.
 */
export async function compareChoices(
  requests: readonly ComparedRequest[],
  requestsPerMonth: number,
  pause: () => Promise<void>,
): Promise<Comparison> {
  const columns = columnsOf(requests);
  const names = [...columns.keys()];
  const figures = await figuresOf(
    names.map((name) => columns.get(name) ?? { values: [] }),
    requests.map(({ group }) => group),
    pause,
  );
  const figure = (name: string): Figure => figures[names.indexOf(name)] ?? { count: 0 };
  const side = (of: Sides) => sideOf((measure) => figure(`${of} ${measure}`), requestsPerMonth);
  return {
    tooFew: requests.length < FEWEST,
    now: { ...side('now'), models: sharesOfModels(requests.map(({ now }) => now.modelId)) },
    next: { ...side('next'), models: sharesOfModels(requests.map(({ next }) => next.modelId)) },
    change: { ...side('change'), otherModel: figure('otherModel') },
  };
}

function sideOf(figure: (measure: Measure) => Figure, requestsPerMonth: number): Omit<ReplaySide, 'models'> {
  const cost = figure('costNanoUsd');
  return {
    costPerRequestNanoUsd: cost,
    costPerMonthNanoUsd: scaled(cost, requestsPerMonth),
    quality: figure('quality'),
    belowMinimum: figure('belowMinimum'),
    latencyP95Ms: figure('latencyP95Ms'),
    refused: figure('refused'),
  };
}

const scaled = ({ value, interval, count }: Figure, factor: number): Figure => ({
  count,
  ...(value !== undefined && { value: value * factor }),
  ...(interval !== undefined && { interval: { low: interval.low * factor, high: interval.high * factor } }),
});

const SPREADS = { costNanoUsd: 'costSpreadNanoUsd', quality: 'qualitySpread' } as const;

function columnsOf(requests: readonly ComparedRequest[]): Map<string, Column> {
  const columns = new Map<string, Column>();
  for (const measure of MEASURES) {
    const isShare = measure === 'refused' ? ({ isShare: true } as const) : {};
    for (const side of ['now', 'next'] as const) {
      const values = requests.map((request) => request[side][measure]);
      columns.set(`${side} ${measure}`, { values, ...isShare, ...spreadsOf(measure, requests, side) });
    }
    const values = requests.map(({ now, next }) => difference(next[measure], now[measure]));
    columns.set(`change ${measure}`, { values, ...spreadsOf(measure, requests, 'change') });
  }
  const others = requests.map(({ now, next }) => (now.modelId === next.modelId ? 0 : 1));
  columns.set('otherModel', { values: others, isShare: true });
  return columns;
}

const difference = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a - b;

function spreadsOf(measure: Measure, requests: readonly ComparedRequest[], side: Sides): Pick<Column, 'spreads'> {
  if (measure !== 'costNanoUsd' && measure !== 'quality') return {};
  const name = SPREADS[measure];
  const spreads = requests.map(({ now, next }) => {
    if (side !== 'change') return (side === 'now' ? now : next)[name];
    // The same model replies the same under both.
    return now.modelId === next.modelId ? 0 : Math.hypot(now[name], next[name]);
  });
  return { spreads };
}

async function figuresOf(
  columns: readonly Column[],
  groups: readonly string[],
  pause: () => Promise<void>,
): Promise<Figure[]> {
  const table: MeanTable = { columns: columns.map(({ values }) => values), groups };
  const resampler = createResampler(table, SEED);
  const isEnough = groups.length >= FEWEST && resampler.units >= FEWEST_UNITS;
  for (let drawn = 0; isEnough && drawn < RESAMPLES; drawn += RESAMPLES_AT_ONCE) {
    resampler.draw(RESAMPLES_AT_ONCE);
    await pause();
  }
  const means = resampler.means();
  return columns.map((column, index) => figureOf(column, isEnough ? (means[index] ?? []) : []));
}

function figureOf(column: Column, means: readonly number[]): Figure {
  const known = column.values.filter((value) => value !== undefined);
  const count = known.length;
  if (count === 0) return { count };
  const sum = known.reduce((total, value) => total + value, 0);
  const value = sum / count;
  if (means.length === 0 || count < FEWEST) return { value, count };
  return { value, interval: intervalOf(column, { value, count, means }), count };
}

type Estimated = { value: number; count: number; means: readonly number[] };

function intervalOf(column: Column, { value, count, means }: Estimated): NonNullable<Figure['interval']> {
  const low = quantile(means, 0.025);
  const high = quantile(means, 0.975);
  if (column.isShare && (value === 0 || value === 1)) {
    // No draw of what never differs differs.
    const interval = proportionInterval(Math.round(value * count), count);
    return 'tooFew' in interval ? { low, high } : { low: interval.low, high: interval.high };
  }
  const variance = (column.spreads ?? []).reduce(
    (sum, spread, row) => (column.values[row] === undefined ? sum : sum + spread * spread),
    0,
  );
  const own = (Z * Math.sqrt(variance)) / count;
  return { low: value - Math.hypot(value - low, own), high: value + Math.hypot(high - value, own) };
}

function sharesOfModels(models: readonly (string | undefined)[]): ReplaySide['models'] {
  const served = models.filter((modelId) => modelId !== undefined);
  const counts = new Map<string, number>();
  for (const modelId of served) counts.set(modelId, (counts.get(modelId) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([modelId, part]) => ({ modelId, share: shareFigure(part, served.length) }));
}

/** A share that was counted. */
export function shareFigure(part: number, count: number): Figure {
  if (count === 0) return { count };
  const interval = proportionInterval(part, count);
  if ('tooFew' in interval || count < FEWEST) return { value: part / count, count };
  return { value: part / count, interval: { low: interval.low, high: interval.high }, count };
}
