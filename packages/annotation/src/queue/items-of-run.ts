import { DIMENSIONS, GatewayError, type Verdicts } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { replyHash } from '@pointsman/db';
import type { Collected, CollectedItem } from './collected-items.ts';
import { caseFrom, contentOf } from './queue-content.ts';

/** The replies of a finished evaluation run; equal replies to one case once. @throws GatewayError `not_found`, `conflict`. */
export async function itemsOfRun(
  { evaluationRuns, benchmarks }: Pick<Repositories, 'evaluationRuns' | 'benchmarks'>,
  runId: string,
): Promise<Collected> {
  const run = await evaluationRuns.get(runId);
  if (run === undefined) throw new GatewayError('not_found', `There is no run "${runId}".`);
  if (run.status !== 'finished')
    throw new GatewayError('conflict', `The run is ${run.status}: only a finished run's replies are rated.`);
  const evaluated = await Promise.all(
    run.spec.contestants.map(async ({ model }, place) =>
      (await evaluationRuns.items(run.id, place)).map((item) => ({ model, item })),
    ),
  );
  const all = evaluated.flat();
  const bodies = await benchmarks.cases([...new Set(all.map(({ item }) => item.caseHash))]);
  const distinct = new Map<string, CollectedItem>();
  for (const { model, item } of all) {
    const subject = caseFrom(bodies.get(item.caseHash));
    if (subject === undefined || item.reply.status === 'missing' || item.reply.text.trim() === '') continue;
    const hash = replyHash(item.reply.text);
    const key = `${item.caseHash} ${hash}`;
    if (distinct.has(key)) continue;
    distinct.set(key, {
      caseId: item.caseId,
      caseHash: item.caseHash,
      replyHash: hash,
      model,
      gold: undefined,
      content: contentOf(subject.body, item.reply.text),
      sampleId: undefined,
      predicted: predictedBy(item.verdicts),
    });
  }
  return { items: [...distinct.values()], gold: [], cases: [] };
}

/** Scores of 0 to 1 on people's scale of 1 to 5. */
function predictedBy(verdicts: Verdicts): CollectedItem['predicted'] {
  return Object.fromEntries(
    DIMENSIONS.flatMap((dimension) => {
      const verdict = verdicts[dimension];
      return verdict.status === 'scored' ? [[dimension, 1 + 4 * verdict.score]] : [];
    }),
  );
}
