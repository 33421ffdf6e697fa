import type { AnnotationAnswers, Dimension } from '@pointsman/contracts';
import type { PoolClient } from 'pg';
import { type AnnotatedReply, type RatedOn, recordInTransaction } from '../judging/annotations.ts';
import { sourceOf } from './batch-rows.ts';
import type { LockedAssignment } from './locked-assignment.ts';

/** The scale of every rubric's ratings, worst and best. */
const SCALE: [number, number] = [1, 5];

export type LandingItem = Pick<LockedAssignment['item'], 'caseId' | 'caseHash' | 'replyHash' | 'model' | 'content'> & {
  isGold: boolean;
  batchId: string;
};

/** Puts one rater's answers among the ratings that judges are held to, in place of what they said of it before in this batch. */
export async function landRatings(
  client: PoolClient,
  item: LandingItem,
  { rater, answers }: { rater: string; answers: AnnotationAnswers },
): Promise<void> {
  await removeRatings(client, item, rater);
  const ratings = ratedOn(answers).map((rated) => ({ ...rated, rater }));
  if (ratings.length > 0) await record(client, item, { ratings, adjudications: [] });
}

/** Takes back what a rater said in this batch, because they say it anew. */
export async function removeRatings(client: PoolClient, item: LandingItem, rater: string): Promise<void> {
  await client.query(
    `delete from annotation_ratings where case_hash = $1 and reply_hash = $2 and rater = $3 and source = $4`,
    [item.caseHash, item.replyHash, rater, sourceOf(item.batchId)],
  );
}

/** Puts what a third person decided among what judges are held to. */
export async function landDecision(client: PoolClient, item: LandingItem, ratings: AnnotationAnswers): Promise<void> {
  await record(client, item, { ratings: [], adjudications: ratedOn(ratings) });
}

async function record(
  client: PoolClient,
  { caseHash, content, isGold, batchId, ...item }: LandingItem,
  said: Pick<AnnotatedReply, 'ratings' | 'adjudications'>,
): Promise<void> {
  if (isGold || caseHash === undefined || content === undefined) return;
  const { caseId, replyHash, model } = item;
  const reply = { caseId, caseHash, replyHash, model, reply: content.reply, ...said };
  await recordInTransaction(client, [reply], sourceOf(batchId));
}

function ratedOn(answers: AnnotationAnswers): RatedOn[] {
  return Object.entries(answers).flatMap(([dimension, rating]) =>
    typeof rating === 'number' ? [{ dimension: dimension as Dimension, rating, scale: SCALE }] : [],
  );
}

/** Takes everything back that a batch said. */
export async function removeBatch(client: PoolClient, batchId: string): Promise<void> {
  await client.query('delete from annotation_ratings where source = $1', [sourceOf(batchId)]);
  await client.query('delete from annotation_adjudications where source = $1', [sourceOf(batchId)]);
  await client.query(
    `delete from annotated_replies r using annotation_items i
     where i.batch_id = $1 and r.case_hash = i.case_hash and r.reply_hash = i.reply_hash
       and not exists (select 1 from annotation_ratings said
         where said.case_hash = r.case_hash and said.reply_hash = r.reply_hash)
       and not exists (select 1 from annotation_adjudications said
         where said.case_hash = r.case_hash and said.reply_hash = r.reply_hash)`,
    [batchId],
  );
}
