import { caseHash } from '@pointsman/benchmark';
import { type BenchmarkCase, benchmarkCaseSchema, DIMENSIONS, type Dimension } from '@pointsman/contracts';
import type { AnnotatedReply, ReplyKey, Repositories } from '@pointsman/db';
import type { RubricSet } from '@pointsman/judge';
import { peopleScale, stretched } from './people-scale.ts';

/** A reply that people rated, with the case it answers. */
export type RatedReply = ReplyKey & {
  model: string;
  reply: string;
  case: BenchmarkCase;
  /** By dimension, on the rubric's scale of ratings; where an adjudicator decided, that alone. */
  ratings: ReadonlyMap<Dimension, readonly number[]>;
  /** The same by rater, without what an adjudicator decided. */
  byRater: ReadonlyMap<string, ReadonlyMap<Dimension, number>>;
};

/**
 * The replies that people rated, or those of them that are named, with their cases.
 * @throws {Error} when a case is stored nowhere, or is not what its hash says.
 */
export async function ratedReplies(
  { annotations, benchmarks }: Pick<Repositories, 'annotations' | 'benchmarks'>,
  rubrics: RubricSet,
  keys?: readonly ReplyKey[],
): Promise<RatedReply[]> {
  const stored = keys === undefined ? await annotations.all() : await annotations.of(keys);
  const bodies = await benchmarks.cases([...new Set(stored.map((one) => one.caseHash))]);
  const cases = new Map([...bodies].map(([hash, body]) => [hash, caseOf(hash, body)]));
  return stored.map((one) => {
    const subject = cases.get(one.caseHash);
    if (subject === undefined)
      throw new Error(`the case '${one.caseId}' that people rated replies to is stored nowhere`);
    return ratedReply(one, subject, rubrics);
  });
}

function caseOf(hash: string, body: unknown): BenchmarkCase {
  const parsed = benchmarkCaseSchema.parse(body);
  if (caseHash(parsed) !== hash)
    throw new Error(`the case '${parsed.id}' is not what its hash ${hash.slice(0, 12)} says`);
  return parsed;
}

function ratedReply(stored: AnnotatedReply, subject: BenchmarkCase, rubrics: RubricSet): RatedReply {
  const { caseHash: hash, replyHash, model, reply, adjudications } = stored;
  const said = stored.ratings.map(({ rater, dimension, rating, scale }) => ({
    rater,
    dimension,
    rating: stretched(rating, scale, peopleScale(rubrics[dimension])),
  }));
  const decided = new Map(
    adjudications.map(({ dimension, rating, scale }) => [
      dimension,
      [stretched(rating, scale, peopleScale(rubrics[dimension]))],
    ]),
  );
  const ratings = DIMENSIONS.flatMap((dimension): [Dimension, number[]][] => {
    const own = decided.get(dimension) ?? said.filter((one) => one.dimension === dimension).map(({ rating }) => rating);
    return own.length === 0 ? [] : [[dimension, own]];
  });
  const byRater = Map.groupBy(said, ({ rater }) => rater);
  return {
    caseHash: hash,
    replyHash,
    model,
    reply,
    case: subject,
    ratings: new Map(ratings),
    byRater: new Map(
      [...byRater].map(([rater, own]) => [rater, new Map(own.map(({ dimension, rating }) => [dimension, rating]))]),
    ),
  };
}
