import { type Contestant, type EvaluatedItem, GatewayError } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';

export type BaselineItems = { runId: string; place: number; contestant: Contestant; items: EvaluatedItem[] };

/**
 * What a contestant of a run is compared with: the baseline run's contestant of the same place (its only one, or its first),
 * else the run's own first contestant. Undefined for that one itself.
 * @throws {GatewayError} `not_found` when the baseline run is gone, `conflict` when the two cannot be compared.
 */
export async function baselineItems(
  run: StoredRun,
  place: number,
  runs: Repositories['evaluationRuns'],
): Promise<BaselineItems | undefined> {
  const { baselineRunId } = run.spec.comparison;
  if (baselineRunId === undefined && place === 0) return undefined;
  const other = baselineRunId === undefined ? run : await runs.get(baselineRunId);
  if (other === undefined) throw new GatewayError('not_found', `the baseline run ${baselineRunId} does not exist`);
  if (other !== run) refuseOther(run, other);
  const [first] = other.spec.contestants;
  if (first === undefined) return undefined;
  const matching = other === run ? 0 : Math.max(0, placeOf(run, place, other));
  const contestant = other.spec.contestants[matching] ?? first;
  return { runId: other.id, place: matching, contestant, items: await runs.items(other.id, matching) };
}

/** Scores of two judges differ by what they are, not by what was judged; so do real and emulated replies. */
export function refuseOther(run: Pick<StoredRun, 'spec' | 'emulated'>, other: StoredRun): void {
  const [ours, theirs] = [run.spec, other.spec];
  if (ours.judge.hash !== theirs.judge.hash) {
    const what = ours.judge.model === theirs.judge.model ? 'rubric, prompt or sampling of the judge' : 'judge';
    const message = `run ${other.id} cannot be the baseline: its ${what} is another one (${theirs.judge.model}, ${theirs.judge.hash.slice(0, 8)}; now ${ours.judge.model}, ${ours.judge.hash.slice(0, 8)}). Evaluate the baseline again with this judge.`;
    throw new GatewayError('conflict', message);
  }
  if (ours.benchmark.name !== theirs.benchmark.name) {
    const message = `run ${other.id} cannot be the baseline: it ran on ${theirs.benchmark.name}, this one runs on ${ours.benchmark.name}`;
    throw new GatewayError('conflict', message);
  }
  if (run.emulated !== other.emulated) {
    const message = `run ${other.id} cannot be the baseline: ${other.emulated ? 'its' : 'this run’s'} replies are emulated, the other's are real`;
    throw new GatewayError('conflict', message);
  }
}

/** The baseline's contestant with the same model where it has one: a changed prompt is compared model by model. */
function placeOf(run: StoredRun, place: number, other: StoredRun): number {
  const model = run.spec.contestants[place]?.model;
  return other.spec.contestants.findIndex((contestant) => contestant.model === model);
}
