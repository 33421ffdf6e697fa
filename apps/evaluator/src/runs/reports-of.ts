import type { EvaluationReport } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import { loadCases, loadVersion } from '../benchmarks/load-benchmark.ts';
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
    calibrations: {},
    annotationsOf: async () => [],
  });
  await repositories.evaluationRuns.saveReport(run.id, reports);
  return reports;
}
