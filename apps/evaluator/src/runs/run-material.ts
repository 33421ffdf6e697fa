import type { ModelDirectory } from '@pointsman/administration';
import { GatewayError } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import { loadCases, loadVersion } from '../benchmarks/load-benchmark.ts';
import { reopenJudge } from '../judging/open-judge.ts';
import { callableModel } from './callable-models.ts';
import type { RunMaterial } from './run-engine.ts';

/** The models, the judge and the cases of a run, found again and checked to be what it began with. */
export async function runMaterial(
  run: StoredRun,
  { benchmarks, directory, now }: { benchmarks: Repositories['benchmarks']; directory: ModelDirectory; now(): number },
): Promise<RunMaterial> {
  const { benchmark, contestants, judge } = run.spec;
  const { version } = await loadVersion(benchmarks, benchmark, now);
  if (version.hash !== benchmark.hash) {
    const name = `${benchmark.name}@${benchmark.version}`;
    throw new GatewayError('conflict', `${name} is not the one that the run ${run.id} began with`);
  }
  const hashes = new Map(version.cases.map(({ id, hash }) => [id, hash]));
  const cases = await loadCases(benchmarks, version);
  return {
    contestants: contestants.map(({ model, prompt }) => ({ ...callableModel(directory, model), prompt })),
    judge: await reopenJudge(callableModel(directory, judge.model), judge),
    cases: new Map(cases.map((one) => [one.id, { case: one, hash: hashes.get(one.id) ?? '' }])),
  };
}
