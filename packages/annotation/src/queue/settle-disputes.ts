import type { AdjudicationDecision, AdjudicationWork } from '@pointsman/contracts';
import { checkAnswers } from './check-answers.ts';
import { guideOf, showsReference } from './guide-of.ts';
import type { Rating } from './rate-items.ts';

/** The disagreement that this person is to settle next, reserved for them. */
export async function nextDispute({ queue, rubrics, now }: Rating, adjudicator: string): Promise<AdjudicationWork> {
  const found = await queue.reserveDispute(adjudicator, now());
  const waiting = await queue.waitingDisputes(adjudicator, now());
  const [stored] = found === undefined ? [] : await queue.batchesOf([found.batchId]);
  if (found === undefined || stored === undefined) return { waiting };
  const batch = guideOf(stored, await rubrics());
  const { id, batchId, content, reservedUntil, disputes, comments } = found;
  const { messages, reference, reply, language, domain, task } = content;
  const disputed = disputes.map(({ dimension }) => dimension);
  return {
    item: {
      id,
      batchId,
      messages,
      reference: showsReference(batch, disputed) ? reference : undefined,
      reply,
      language,
      domain,
      task,
      reservedUntil,
      disputes,
      comments,
    },
    batch,
    waiting,
  };
}

export async function decideDispute(
  { queue, now }: Rating,
  at: { itemId: string; adjudicator: string },
  { ratings, note }: AdjudicationDecision,
): Promise<{ id: string }> {
  await queue.decide({ ...at, now: now() }, { ratings, note }, (disputed) => checkAnswers(ratings, disputed));
  return { id: at.itemId };
}

export async function skipDispute(
  { queue, now }: Rating,
  at: { itemId: string; adjudicator: string },
): Promise<{ id: string }> {
  await queue.skipDispute({ ...at, now: now() });
  return { id: at.itemId };
}
