import {
  DIMENSIONS,
  type EvaluationReport,
  evaluationReportSchema,
  type MeasuredValue,
  type MetricComparison,
  type RunSpec,
  runSpecSchema,
} from '@pointsman/contracts';
import type { TestGateway } from './start-gateway.ts';

export type SampleReport = {
  candidate: string;
  /** Of the same run. */
  baseline?: string;
  /** Of the benchmark. */
  name?: string;
  version?: number;
  labels?: Record<string, string>;
};

const JUDGE = {
  model: 'openai/gpt-4.1',
  promptHash: 'p',
  rubrics: {},
  samples: 1,
  temperature: 0,
  hash: 'a'.repeat(64),
};

const about = (estimate: number, n: number): MeasuredValue => ({
  estimate,
  low: estimate - 0.05,
  high: estimate + 0.05,
  confidence: 0.95,
  n,
});

const metricOf = (
  metric: MetricComparison['metric'],
  candidate: MeasuredValue,
  baseline: MeasuredValue | undefined,
) => ({
  metric,
  verdict: 'pass',
  direction: 'unclear',
  candidate: { mean: candidate, scored: candidate.n, missing: 0 },
  ...(baseline && { baseline: { mean: baseline, scored: baseline.n, missing: 0 } }),
  minEffect: 0.02,
  basis: 'uncalibrated-judge',
  annotated: 0,
});

const economicsOf = (nanoUsd: number) => ({
  meanCostNanoUsd: about(nanoUsd, 100),
  unknownCosts: 0,
  latencyP50Ms: about(900, 100),
  latencyP95Ms: about(2000, 100),
  meanOutputTokens: about(300, 100),
});

export type RunToStore = { spec: RunSpec; report(runId: string): EvaluationReport };

/**
 * A finished run of a hundred cases: the candidate at 0.8, 0.7 in the legal domain; the baseline at 0.9, in the legal domain
 * with too few cases to say.
 */
export function sampleReport({
  candidate,
  baseline,
  name = 'starter',
  version = 1,
  labels = {},
}: SampleReport): RunToStore {
  const benchmark = { name, version, hash: 'b'.repeat(64) };
  const contestants = [...(baseline === undefined ? [] : [{ model: baseline }]), { model: candidate }];
  const metrics = (['overall', ...DIMENSIONS] as const).map((metric) =>
    metricOf(metric, about(0.8, 100), baseline === undefined ? undefined : about(0.9, 100)),
  );
  const few: MeasuredValue = { tooFew: true, n: 4 };
  const legal = metricOf('overall', about(0.7, 20), baseline === undefined ? undefined : few);
  const at = new Date(0).toISOString();
  return {
    spec: runSpecSchema.parse({ benchmark, contestants, judge: JUDGE, maxOutputTokens: 500, comparison: {}, labels }),
    report: (runId) =>
      evaluationReportSchema.parse({
        format: 1,
        runId,
        benchmark: { ...benchmark, cases: 100 },
        judge: JUDGE,
        candidate: { model: candidate },
        ...(baseline !== undefined && { baseline: { model: baseline, runId } }),
        verdict: 'pass',
        alpha: 0.05,
        metrics,
        slices: [{ by: 'domain', value: 'legal', metrics: [legal] }],
        economics: {
          candidate: economicsOf(900_000),
          ...(baseline !== undefined && { baseline: economicsOf(4_000_000) }),
        },
        examples: [],
        calibration: [],
        unknowns: [],
        emulated: true,
        spent: { nanoUsd: 0, unknownCosts: 0, callsInFlightWhenKilled: 0 },
        startedAt: at,
        finishedAt: at,
      }),
  };
}

/** Stores a run as the evaluator leaves it, finished and with its report. */
export async function storeReport({ deps }: TestGateway, { spec, report }: RunToStore): Promise<string> {
  const { evaluationRuns } = deps.repositories;
  const { id } = await evaluationRuns.create({ spec, emulated: true, items: [] });
  await evaluationRuns.start(id);
  await evaluationRuns.end(id, 'finished');
  await evaluationRuns.saveReport(id, [report(id)]);
  return id;
}
