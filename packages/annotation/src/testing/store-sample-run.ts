import { caseHash, compareResults } from '@pointsman/benchmark';
import {
  type BenchmarkCase,
  type BenchmarkVersion,
  DIMENSIONS,
  type Dimension,
  type EvaluatedItem,
  evaluationReportSchema,
  type JudgeIdentity,
  type RunSpec,
  type Verdict,
  type Verdicts,
} from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { seededRandom } from '@pointsman/statistics';

export const SAMPLE_JUDGE: JudgeIdentity = {
  model: 'anthropic/claude-sonnet-4-5',
  promptHash: 'a1'.repeat(32),
  rubrics: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, { version: 1, hash: 'b2'.repeat(32) }])),
  samples: 3,
  temperature: 1,
  hash: 'c3'.repeat(32),
};

export type SampleRunOptions = {
  version: BenchmarkVersion;
  cases: readonly BenchmarkCase[];
  /** What the candidate replies to the first case. */
  hostileText?: string;
  labels?: Record<string, string>;
};

type Contender = { model: string; shift: Partial<Record<Dimension, number>>; replyTo(subject: BenchmarkCase): string };

const BASELINE: Contender = {
  model: 'openai/gpt-4.1',
  shift: {},
  replyTo: ({ id }) => `You can send it back for thirty days after it arrived. The parcel is yours to pay (${id}).`,
};

/**
 * Stores a baseline run and a run that is worse than it on facts and better in tone, each with items, and the report the
 * product's own comparison makes of them; resolves to their ids.
 */
export async function storeSampleRun(
  { evaluationRuns }: Pick<Repositories, 'evaluationRuns'>,
  options: SampleRunOptions,
): Promise<{ runId: string; baselineRunId: string }> {
  const candidate: Contender = {
    model: 'mistral/mistral-small-3.2',
    shift: { factual_accuracy: -0.25, completeness: -0.05, tone: 0.1 },
    replyTo: (subject) =>
      subject === options.cases[0] && options.hostileText !== undefined
        ? options.hostileText
        : `You can send it back for fourteen days after you bought it. The parcel is free, have a lovely day (${subject.id})!`,
  };
  const baselineRunId = await storeRun(evaluationRuns, BASELINE, options);
  const runId = await storeRun(evaluationRuns, candidate, options, baselineRunId);
  const run = await evaluationRuns.get(runId);
  if (run === undefined) throw new Error('the run was not stored');
  const comparison = compareResults({
    cases: options.cases,
    candidate: await evaluationRuns.items(runId, 0),
    baseline: await evaluationRuns.items(baselineRunId, 0),
    calibrations: {},
    minEffect: run.spec.comparison.minEffect,
    alpha: run.spec.comparison.alpha,
    seed: 'sample',
  });
  const report = evaluationReportSchema.parse({
    format: 1,
    runId,
    benchmark: { ...run.spec.benchmark, cases: options.cases.length },
    judge: SAMPLE_JUDGE,
    candidate: { model: candidate.model },
    baseline: { model: BASELINE.model, runId: baselineRunId },
    ...comparison,
    calibration: DIMENSIONS.map((dimension) => ({
      dimension,
      status: 'not-calibrated',
      detail: 'no calibration was fitted for this judge',
    })),
    emulated: true,
    spent: { nanoUsd: 12_000_000, unknownCosts: 1, callsInFlightWhenKilled: 0 },
    startedAt: run.startedAt ?? run.createdAt,
    finishedAt: run.finishedAt ?? run.createdAt,
  });
  await evaluationRuns.saveReport(runId, [report]);
  return { runId, baselineRunId };
}

async function storeRun(
  runs: Repositories['evaluationRuns'],
  contender: Contender,
  { version, cases, labels = {} }: SampleRunOptions,
  baselineRunId?: string,
): Promise<string> {
  const { name, hash } = version;
  const spec: RunSpec = {
    benchmark: { name, version: version.version, hash },
    contestants: [{ model: contender.model }],
    judge: SAMPLE_JUDGE,
    maxOutputTokens: 512,
    replicate: 0,
    sequential: false,
    onboarding: false,
    comparison: { minEffect: 0.02, alpha: 0.05, ...(baselineRunId !== undefined && { baselineRunId }) },
    labels,
  };
  const items = cases.map((subject, position) => ({
    contestant: 0,
    caseId: subject.id,
    caseHash: caseHash(subject),
    position,
  }));
  const { id } = await runs.create({ spec, emulated: true, items });
  await runs.start(id);
  for (const subject of cases) await runs.finishItem(id, 0, itemOf(subject, contender));
  await runs.end(id, 'finished');
  return id;
}

function itemOf(subject: BenchmarkCase, { replyTo, shift, model }: Contender): EvaluatedItem {
  const random = seededRandom(`${subject.id} ${model}`);
  const { id, domain, task, language } = subject;
  const verdicts = Object.fromEntries(
    DIMENSIONS.map((dimension) => [dimension, verdictOf(0.8 + (shift[dimension] ?? 0), random)]),
  ) as Verdicts;
  const cost = { status: 'exact' as const, nanoUsd: 240_000 };
  const reply = {
    status: 'answered' as const,
    text: replyTo(subject),
    cost,
    latencyMs: 400 + 300 * random(),
    outputTokens: 24,
  };
  return { caseId: id, caseHash: caseHash(subject), domain, task, language, reply, verdicts };
}

/** Three samples of a judge about a mean, on the steps of a rubric. */
function verdictOf(centre: number, random: () => number): Verdict {
  const samples = [0, 1, 2].map(() => Math.min(1, Math.max(0, Math.round(4 * (centre + 0.5 * (random() - 0.5))) / 4)));
  const score = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return { status: 'scored', score, samples, scorer: 'judge', explanation: 'The days are counted from the wrong day.' };
}
