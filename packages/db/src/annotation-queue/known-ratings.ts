import type { Dimension } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';

/** One person's rating of one reply on one dimension, of all that people rated so far. */
export type KnownRating = {
  caseHash: string;
  replyHash: string;
  model: string;
  dimension: Dimension;
  rater: string;
  rating: number;
};

/** The latest ratings on the queue's scale, of any source. */
export async function readKnownRatings({ pool }: Database, most: number): Promise<KnownRating[]> {
  const { rows } = await pool.query<KnownRating>(
    `select said.case_hash as "caseHash", said.reply_hash as "replyHash", r.model, said.dimension, said.rater, said.rating
     from annotation_ratings said join annotated_replies r using (case_hash, reply_hash)
     where said.scale_low = 1 and said.scale_high = 5 order by said.rated_at desc limit $1`,
    [most],
  );
  return rows;
}
