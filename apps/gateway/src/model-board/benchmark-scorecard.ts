import {
  type BenchmarkSeries,
  type BoardCell,
  type EvaluationReport,
  evaluationReportSchema,
  type MeasuredValue,
  type Metric,
} from '@pointsman/contracts';
import type { FinishedRun } from '@pointsman/db';
import { z } from 'zod';
import type { Scorecard, Slice } from './scorecard.ts';

const NEEDED = { runId: true, candidate: true, baseline: true, metrics: true, slices: true, economics: true } as const;

/** As much of a stored report as tells how good and how dear a model was. */
export const modelReportsSchema = z.array(evaluationReportSchema.pick(NEEDED));
export type ModelReport = z.infer<typeof modelReportsSchema>[number];

/** Runs of one benchmark version under one judge, the newest first: only their scores compare. */
export type Series = { series: BenchmarkSeries; runs: FinishedRun[] };

/** Runs the newest first, grouped into series; that of the newest run first. */
export function seriesOf(runs: readonly FinishedRun[]): Series[] {
  const groups = Map.groupBy(runs, ({ benchmark, judge, emulated }) =>
    [benchmark.name, benchmark.version, judge.hash.slice(0, 12), emulated ? 'emulated' : 'real'].join(':'),
  );
  return [...groups].flatMap(([id, group]) => {
    const [newest] = group;
    if (newest === undefined) return [];
    const { benchmark, judge, emulated, finishedAt } = newest;
    const { name, version } = benchmark;
    const series = { id, benchmark: name, version, judge: judge.model, emulated, newestRunAt: finishedAt };
    return [{ series, runs: group }];
  });
}

/** The newest run of each model: the fewest runs that say something of all of them. */
export function newestOfModels(runs: readonly FinishedRun[]): FinishedRun[] {
  const seen = new Set<string>();
  return runs.filter(({ models }) => {
    const isNews = models.some((model) => !seen.has(model));
    for (const model of models) seen.add(model);
    return isNews;
  });
}

type Side = 'candidate' | 'baseline';
type Found = { report: ModelReport; side: Side };

/** How models did in runs of one series. `reports`: of the newest run first. */
export function benchmarkScorecard(reports: readonly ModelReport[], origin: Scorecard['origin']): Scorecard {
  const found = new Map<string, Found>();
  for (const report of reports) {
    for (const side of ['candidate', 'baseline'] as const) {
      const model = modelOf(report, side);
      if (model !== undefined && !found.has(model)) found.set(model, { report, side });
    }
  }
  return {
    origin,
    models: [...found.keys()],
    score(model, slice, metric) {
      const known = found.get(model);
      const measured = known && meanOf(known, slice, metric);
      return measured && cellOf(measured);
    },
    // Over all cases: reports do not cut costs.
    cost(model, slice) {
      const known = found.get(model);
      if (known === undefined || meanOf(known, slice, 'overall') === undefined) return undefined;
      const cost = known.report.economics[known.side]?.meanCostNanoUsd;
      if (cost === undefined || 'tooFew' in cost) return undefined;
      return { nanoUsd: Math.round(cost.estimate), isEstimated: false };
    },
    runId: (model) => found.get(model)?.report.runId,
  };
}

/** Who stands on this side under no prompt of its own; a baseline of another run has a report there. */
function modelOf({ runId, candidate, baseline }: ModelReport, side: Side): string | undefined {
  if (side === 'candidate') return candidate.prompt === undefined ? candidate.model : undefined;
  return baseline?.runId === runId && baseline.prompt === undefined ? baseline.model : undefined;
}

/** Undefined for a domain and a task at once: reports are sliced by one of them. */
function meanOf({ report, side }: Found, { domain, task }: Slice, metric: Metric): MeasuredValue | undefined {
  if (domain !== undefined && task !== undefined) return undefined;
  return metricsOf(report, { domain, task }).find((each) => each.metric === metric)?.[side]?.mean;
}

function metricsOf({ metrics, slices }: ModelReport, { domain, task }: Slice): EvaluationReport['metrics'] {
  if (domain === undefined && task === undefined) return metrics;
  const [by, wanted] = domain === undefined ? ['task', task] : ['domain', domain];
  return slices.find((slice) => slice.by === by && slice.value === wanted)?.metrics ?? [];
}

function cellOf(measured: MeasuredValue): BoardCell | undefined {
  if (!('tooFew' in measured)) {
    const { estimate, low, high, n } = measured;
    return { value: estimate, interval: { low, high }, count: n, standing: 'measured' };
  }
  return measured.n === 0 ? undefined : { count: measured.n, standing: 'measured' };
}
