import { compareResults, type ScoreMap } from '@pointsman/benchmark';
import {
  type Annotation,
  type BenchmarkCase,
  DIMENSIONS,
  type Dimension,
  type EvaluatedItem,
  type EvaluationReport,
  evaluationReportSchema,
  type JudgeValidation,
} from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import { validationReport } from '@pointsman/validated-replies';
import { baselineItems } from './baseline-items.ts';

export type ReportSources = {
  runs: Repositories['evaluationRuns'];
  /** All cases of the run's benchmark version. */
  cases: readonly BenchmarkCase[];
  /** The judge's calibrations, and why a dimension has none. */
  calibrations: Partial<Record<Dimension, { map: ScoreMap; detail: string } | { map?: undefined; detail: string }>>;
  /** People's ratings of the replies of one contestant of a run. */
  annotationsOf(runId: string, place: number): Promise<Annotation[]>;
};

/** A report for each contestant of a run that has something to say: all but the one that the others are compared with. */
export async function compileReports(run: StoredRun, sources: ReportSources): Promise<EvaluationReport[]> {
  const places = run.spec.contestants.map((_, place) => place);
  const isOwnBaseline = run.spec.comparison.baselineRunId === undefined && places.length > 1;
  const reported = isOwnBaseline ? places.slice(1) : places;
  return Promise.all(reported.map((place) => compileReport(run, place, sources)));
}

async function compileReport(run: StoredRun, place: number, sources: ReportSources): Promise<EvaluationReport> {
  const { spec } = run;
  const candidate = await sources.runs.items(run.id, place);
  const baseline = await baselineItems(run, place, sources.runs);
  const contestant = spec.contestants[place];
  if (contestant === undefined) throw new Error(`the run ${run.id} has no contestant ${place}`);
  const maps = Object.fromEntries(
    Object.entries(sources.calibrations).flatMap(([dimension, { map }]) =>
      map === undefined ? [] : [[dimension, map]],
    ),
  );
  const comparison = compareResults({
    cases: sources.cases,
    candidate,
    baseline: baseline?.items,
    calibrations: maps,
    people: {
      candidate: await sources.annotationsOf(run.id, place),
      baseline: baseline === undefined ? [] : await sources.annotationsOf(baseline.runId, baseline.place),
    },
    minEffect: spec.comparison.minEffect,
    alpha: spec.comparison.alpha,
    seed: run.id,
    sequential: spec.sequential,
  });
  return evaluationReportSchema.parse({
    format: 1,
    runId: run.id,
    benchmark: { ...spec.benchmark, cases: sources.cases.length },
    judge: spec.judge,
    candidate: contestant,
    ...(baseline !== undefined && { baseline: { ...baseline.contestant, runId: baseline.runId } }),
    ...comparison,
    unknowns: [...runUnknowns(run), ...comparison.unknowns],
    calibration: DIMENSIONS.map((dimension) => ({
      dimension,
      status: sources.calibrations[dimension]?.map === undefined ? 'not-calibrated' : 'calibrated',
      detail: sources.calibrations[dimension]?.detail ?? 'no calibration was fitted for this judge',
    })),
    judgeValidation: judgeValidation(spec.judge.model, candidate),
    emulated: run.emulated,
    spent: {
      nanoUsd: run.spentNanoUsd + run.lostNanoUsd,
      unknownCosts: run.unknownCosts,
      callsInFlightWhenKilled: run.lostCalls,
    },
    startedAt: run.startedAt ?? run.createdAt,
    finishedAt: run.finishedAt ?? run.createdAt,
  });
}

/** Of this contestant's replies; the table's words are those of any validated reply. */
function judgeValidation(model: string, items: readonly EvaluatedItem[]): JudgeValidation | undefined {
  const records = items.flatMap(({ judgeReplies }) => judgeReplies ?? []).map((record) => ({ model, ...record }));
  return validationReport(records)[0];
}

function runUnknowns({ lostCalls, unknownCosts, status, why }: StoredRun): string[] {
  const statements: [boolean, string][] = [
    [status !== 'finished', `The run is ${status}${why === undefined ? '' : ` (${why})`}: this is what it has so far.`],
    [
      lostCalls > 0,
      `${lostCalls} calls were under way when a worker died; they may have been paid twice, and the cost counts them at their most.`,
    ],
    [unknownCosts > 0, `The cost of ${unknownCosts} calls is not known and not in the sum.`],
  ];
  return statements.filter(([holds]) => holds).map(([, sentence]) => sentence);
}
