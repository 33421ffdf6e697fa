import type { EvaluatedResult } from '@pointsman/benchmark';
import type { Repositories } from '@pointsman/db';

/** Further back nobody looks for a run. */
const LOOK_BACK = 1000;

/**
 * What the newest finished runs on a benchmark, of whatever version, found out; at most `most` runs. Those that the
 * emulator answered say nothing about a case.
 */
export async function storedResults(
  { evaluationRuns }: Pick<Repositories, 'evaluationRuns'>,
  benchmark: string,
  most: number,
): Promise<EvaluatedResult[]> {
  const runs = (await evaluationRuns.list(LOOK_BACK))
    .filter(({ status, emulated, spec }) => status === 'finished' && !emulated && spec.benchmark.name === benchmark)
    .slice(0, most);
  const results: EvaluatedResult[] = [];
  for (const { id: run, spec } of runs)
    for (const [place, { model, prompt }] of spec.contestants.entries()) {
      // A model under another prompt is another contestant: it can be at the top where the bare model is not.
      const contestant = prompt === undefined ? model : `${model} with ${prompt.name}`;
      const items = await evaluationRuns.items(run, place);
      results.push(...items.map((item) => ({ ...item, run, model: contestant })));
    }
  return results;
}
