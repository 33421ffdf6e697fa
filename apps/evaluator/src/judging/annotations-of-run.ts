import type { Annotation, Dimension } from '@pointsman/contracts';
import type { AnnotatedReply, Repositories, StoredRun } from '@pointsman/db';
import { replyHash } from '@pointsman/db';
import { stretched } from './people-scale.ts';

/** People's ratings of the very texts that one contestant of a run replied with, to the very cases. */
export async function annotationsOfRun(
  { annotations, evaluationRuns }: Pick<Repositories, 'annotations' | 'evaluationRuns'>,
  run: Pick<StoredRun, 'id' | 'spec'>,
  place: number,
): Promise<Annotation[]> {
  const items = await evaluationRuns.items(run.id, place);
  const keys = items.flatMap(({ caseHash, reply }) =>
    reply.status === 'answered' ? [{ caseHash, replyHash: replyHash(reply.text) }] : [],
  );
  const caseIds = new Map(items.map(({ caseId, caseHash }) => [caseHash, caseId]));
  const model = run.spec.contestants[place]?.model ?? '';
  const rated = keys.length === 0 ? [] : await annotations.of(keys);
  return rated.flatMap((reply) =>
    annotationsOf({ ...reply, model, caseId: caseIds.get(reply.caseHash) ?? reply.caseId }),
  );
}

/** One annotation for each dimension that was rated; ratings on several scales are put on that of the first. */
function annotationsOf({ caseId, model, replyHash: hash, ratings, adjudications }: AnnotatedReply): Annotation[] {
  const byDimension: Map<Dimension, AnnotatedReply['ratings'][number][]> = Map.groupBy(
    ratings,
    ({ dimension }) => dimension,
  );
  return [...byDimension].flatMap(([dimension, own]) => {
    const scale = own[0]?.scale;
    if (scale === undefined) return [];
    const decided = adjudications.find((one) => one.dimension === dimension);
    return [
      {
        caseId,
        model,
        replyHash: hash,
        dimension,
        ratings: own.map(({ rater, rating, scale: from }) => ({ rater, rating: stretched(rating, from, scale) })),
        scale,
        adjudicated: decided && stretched(decided.rating, decided.scale, scale),
      },
    ];
  });
}
