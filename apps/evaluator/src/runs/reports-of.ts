import type { EvaluationReport } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import { loadCases, loadVersion } from '../benchmarks/load-benchmark.ts';
import { annotationsOfRun } from '../judging/annotations-of-run.ts';
import { storedCalibrations } from '../judging/stored-calibrations.ts';
import { compileReports } from './compile-reports.ts';

/** The reports of a run, made from what is stored of it and kept beside it. */
export async function reportsOf(
  run: StoredRun,
  { repositories }: { repositories: Repositories },
  now: () => number,
): Promise<EvaluationReport[]> {
  const { version } = await loadVersion(repositories.benchmarks, run.spec.benchmark, now);
  const reports = await compileReports(run, {
    runs: repositories.evaluationRuns,
    cases: await loadCases(repositories.benchmarks, version),
    calibrations: await storedCalibrations(repositories, run.spec.judge, run.emulated),
    annotationsOf: async (runId, place) => {
      const annotated = runId === run.id ? run : await repositories.evaluationRuns.get(runId);
      return annotated === undefined ? [] : annotationsOfRun(repositories, annotated, place);
    },
  });
  await repositories.evaluationRuns.saveReport(run.id, reports);
  return reports;
}
