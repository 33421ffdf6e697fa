import { bootstrapInterval, type Interval, proportionInterval, quantile } from '@pointsman/statistics';
import { expected, type Strategy, type Trial } from './strategies.ts';

const SEED = 20_261_120;
const RESAMPLES = 1000;

type Row = { name: string; cost: Interval; score: Interval; share: Interval; saving: Interval };

/** Cost, quality, share of the strongest model's quality and saving against it, paired by prompt, with 95 % intervals. */
export function compare(trials: readonly Trial[], strategies: readonly Strategy[], strongest: Strategy): string {
  const interval = (statistic: (rows: readonly Trial[]) => number) =>
    bootstrapInterval(trials, statistic, { seed: SEED, resamples: RESAMPLES, method: 'percentile' });
  const rows: Row[] = strategies.map((strategy) => ({
    name: strategy.name,
    cost: interval((t) => expected(t, strategy).cost / 1e6),
    score: interval((t) => expected(t, strategy).score),
    share: interval((t) => (100 * expected(t, strategy).score) / expected(t, strongest).score),
    saving: interval((t) => 100 * (1 - expected(t, strategy).cost / expected(t, strongest).cost)),
  }));
  const header = ['', '$ per 1,000 requests', 'mean quality', '% of strongest quality', '% saved'];
  return table([
    header,
    ...rows.map((r) => [r.name, show(r.cost, 3), show(r.score, 3), show(r.share, 1), show(r.saving, 1)]),
  ]);
}

/**
 * Oversized: the model that answered passed, and a cheaper one passed too (the second column: at less than half its cost).
 * Undersized: it failed, and some model passed. Against hindsight: one recorded reply per prompt carries luck.
 */
export function fit(trials: readonly Trial[], strategies: readonly Strategy[]): string {
  const rows = strategies.map((strategy) => {
    const outcomes = trials.flatMap((trial) =>
      strategy
        .pick(trial)
        .slice(0, 1)
        .map(({ outcome }) => ({ outcome, others: Object.values(trial.byModel) })),
    );
    const cheaperPassed = (factor: number) =>
      outcomes.filter(
        ({ outcome, others }) =>
          outcome.score >= PASS && others.some((o) => o.score >= PASS && o.costNanoUsd * factor < outcome.costNanoUsd),
      ).length;
    const undersized = outcomes.filter(
      ({ outcome, others }) => outcome.score < PASS && others.some((o) => o.score >= PASS),
    ).length;
    return [
      strategy.name,
      percent(cheaperPassed(1), outcomes.length),
      percent(cheaperPassed(2), outcomes.length),
      percent(undersized, outcomes.length),
    ];
  });
  return table([['', 'oversized', 'oversized over 2x', 'undersized'], ...rows]);
}

const PASS = 0.5;

/** Which reasons fired, and where the requests went. */
export function reasonsAndModels(trials: readonly Trial[], policy: string): string {
  const decisions = trials.map((trial) => trial.routed[policy]?.decision).filter((d) => d !== undefined);
  const count = (by: (d: (typeof decisions)[number]) => string) =>
    [...Map.groupBy(decisions, by)]
      .sort((a, b) => b[1].length - a[1].length)
      .map(([name, list]) => [name, percent(list.length, decisions.length)]);
  const estimated = decisions.filter((d) => d.cost.status !== 'exact').length;
  return `${table([['reason', 'share'], ...count((d) => d.reason)])}\n\n${table([['model', 'share'], ...count((d) => d.modelId ?? 'none')])}\n\ncosts not measured by the provider: ${estimated} of ${decisions.length}`;
}

/** The gateway's own time, prediction apart, in milliseconds. */
export function latency(trials: readonly Trial[], policy: string): string {
  const of = (read: (l: { overheadMs: number; predictMs?: number | undefined }) => number) =>
    trials
      .map((trial) => trial.routed[policy]?.decision.latency)
      .filter((l) => l !== undefined)
      .map(read);
  const row = (name: string, values: number[]) => [
    name,
    ...[0.5, 0.9, 0.99].map((p) => quantile(values, p).toFixed(2)),
  ];
  return table([
    ['ms', 'p50', 'p90', 'p99'],
    row(
      'own overhead, prediction included',
      of((l) => l.overheadMs),
    ),
    row(
      'prediction',
      of((l) => l.predictMs ?? 0),
    ),
  ]);
}

const percent = (part: number, whole: number) => show(scaled(proportionInterval(part, whole), 100), 1);

function scaled(interval: Interval, by: number): Interval {
  return 'tooFew' in interval
    ? interval
    : { ...interval, estimate: interval.estimate * by, low: interval.low * by, high: interval.high * by };
}

export function show(interval: Interval, digits: number): string {
  if ('tooFew' in interval) return 'too few samples';
  const n = (value: number) => value.toFixed(digits);
  return `${n(interval.estimate)} [${n(interval.low)}, ${n(interval.high)}]`;
}

export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
