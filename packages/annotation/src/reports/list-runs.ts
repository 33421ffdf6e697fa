import { benchmarkNameSchema, type ListedRun, type RunPage } from '@pointsman/contracts';
import type { Repositories, RunFilter, RunHead, StoredRun } from '@pointsman/db';

export type RunReading = Pick<Repositories, 'evaluationReading'>;

/** A page of the runs that this client may see, newest first; undefined for those who see all. */
export async function listRuns(
  { evaluationReading }: RunReading,
  seenBy: string | undefined,
  filter: RunFilter,
): Promise<RunPage> {
  const { runs, total } = await evaluationReading.page(seenBy, filter);
  return { data: runs.map(listedRun), total };
}

/** What a list says of a run. */
export function listedRun({ run, progress, verdicts }: RunHead): ListedRun {
  const { spec, maxCostNanoUsd } = { ...run, maxCostNanoUsd: run.spec.maxCostNanoUsd };
  const { name, version } = spec.benchmark;
  const isJudging = isJudgingRun(run);
  return {
    id: run.id,
    kind: isJudging ? 'judging' : 'benchmark',
    status: run.status,
    ...(!isJudging && { benchmark: { name, version } }),
    contestants: spec.contestants.map(({ model, prompt }) => ({ model, ...(prompt && { prompt: prompt.name }) })),
    judge: spec.judge.model,
    verdicts,
    progress,
    spentNanoUsd: run.spentNanoUsd + run.lostNanoUsd,
    unknownCosts: run.unknownCosts,
    ...(maxCostNanoUsd !== undefined && { maxCostNanoUsd }),
    emulated: run.emulated,
    ...(run.why !== undefined && { why: run.why }),
    labels: spec.labels,
    createdAt: run.createdAt,
    ...(run.startedAt !== undefined && { startedAt: run.startedAt }),
    ...(run.finishedAt !== undefined && { finishedAt: run.finishedAt }),
  };
}

/** Runs that judge annotated replies name no benchmark. */
export const isJudgingRun = ({ spec }: Pick<StoredRun, 'spec'>): boolean =>
  !benchmarkNameSchema.safeParse(spec.benchmark.name).success;
