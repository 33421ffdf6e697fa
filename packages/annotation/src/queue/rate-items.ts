import {
  type AnnotationDraft,
  type AnnotationGuide,
  type AnnotationItem,
  type AnnotationProgress,
  type AnnotationWork,
  GatewayError,
  type NextItems,
  nextItemsSchema,
  type SavedDraft,
  type Skip,
  type Submitted,
  type Undone,
} from '@pointsman/contracts';
import type { HeldItem, Repositories } from '@pointsman/db';
import type { RubricSet } from '@pointsman/judge';
import { checkAnswers } from './check-answers.ts';
import { chooseItem, goldToCome } from './choose-item.ts';
import { guideOf, showsReference } from './guide-of.ts';
import { paceOf } from './pace.ts';

export type Rating = { queue: Repositories['annotationQueue']; rubrics(): Promise<RubricSet>; now(): number };

/** Submissions that a pace is read from: about a week of work. */
const LATEST = 2000;

/** Gives a rater more items, up to as many as they ask to hold, and tells all they hold. */
export async function nextItems(rating: Rating, rater: string, asked: NextItems): Promise<AnnotationWork> {
  const { queue, now } = rating;
  const { batch, count } = nextItemsSchema.parse(asked);
  await queue.reserve({
    rater,
    batchId: batch,
    count,
    now: now(),
    choose: ({ id, goldShare }, candidates) => chooseItem(candidates, { share: goldShare, seed: `${id} ${rater}` }),
  });
  return currentItems(rating, rater);
}

/** What a rater holds, with what they saved of it. */
export async function currentItems({ queue, rubrics, now }: Rating, rater: string): Promise<AnnotationWork> {
  const held = await queue.held(rater, now());
  const batches = await queue.batchesOf([...new Set(held.map(({ batchId }) => batchId))]);
  const known = await rubrics();
  const guides = new Map(batches.map((batch): [string, AnnotationGuide] => [batch.id, guideOf(batch, known)]));
  return {
    items: held.map((item) => shown(item, guides.get(item.batchId))),
    batches: [...guides.values()],
  };
}

/** What a rater may see of an item: no name of who wrote it, nothing that says whether its ratings are known. */
function shown(
  { id, batchId, dimensions, content, reservedUntil, saved }: HeldItem,
  guide: AnnotationGuide | undefined,
) {
  const { messages, reference, reply, language, domain, task } = content;
  const item: AnnotationItem = {
    id,
    batchId,
    dimensions,
    messages,
    reference: guide !== undefined && showsReference(guide, dimensions) ? reference : undefined,
    reply,
    language,
    domain,
    task,
    reservedUntil,
    draft: saved,
  };
  return item;
}

export async function saveDraft(
  { queue, now }: Rating,
  at: { itemId: string; rater: string },
  draft: AnnotationDraft,
): Promise<SavedDraft> {
  const { revision, reservedUntil } = await queue.saveDraft({ ...at, now: now() }, draft);
  return { saved: revision === draft.revision, revision, reservedUntil };
}

export async function submitItem(
  { queue, now }: Rating,
  at: { itemId: string; rater: string },
  said: AnnotationDraft,
): Promise<Submitted> {
  const check = (dimensions: AnnotationItem['dimensions']) => checkAnswers(said.answers, dimensions);
  return { id: at.itemId, ...(await queue.submit({ ...at, now: now() }, said, check)) };
}

export async function skipItem(
  { queue, now }: Rating,
  at: { itemId: string; rater: string },
  { reason, note }: Skip,
): Promise<{ id: string }> {
  await queue.skip({ ...at, now: now() }, { reason, note });
  return { id: at.itemId };
}

/** Reopens what this rater finished last. */
export async function undoLast(rating: Rating, rater: string): Promise<Undone> {
  const id = await rating.queue.undo({ rater, now: rating.now() });
  if (id === undefined) return {};
  const { items } = await currentItems(rating, rater);
  const reopened = items.find((item) => item.id === id);
  if (reopened === undefined) throw new GatewayError('conflict', 'The item was taken back meanwhile.');
  return { item: reopened };
}

/** How far a rater is. `sinceMs` is when their day began. */
export async function progressOf(
  { queue, now }: Rating,
  rater: string,
  { batch, sinceMs }: { batch: string | undefined; sinceMs: number },
): Promise<AnnotationProgress> {
  const [all, submissions, adjudications] = await Promise.all([
    queue.progress(rater, now()),
    queue.submissions(rater, LATEST),
    queue.waitingDisputes(rater, now()),
  ]);
  const batches = all
    .filter(({ id }) => batch === undefined || id === batch)
    .map((one) => ({
      ...one,
      left: one.held + (one.state === 'open' ? one.regularLeft + goldToCome(one, one.goldShare) : 0),
    }));
  const sum = (read: (one: (typeof batches)[number]) => number) => batches.reduce((total, one) => total + read(one), 0);
  return {
    done: sum(({ done }) => done),
    skipped: sum(({ skipped }) => skipped),
    held: sum(({ held }) => held),
    left: sum(({ left }) => left),
    doneToday: submissions.filter(({ atMs }) => atMs >= sinceMs).length,
    ...paceOf(submissions),
    adjudications,
    batches: batches
      .filter(({ done, left }) => done + left > 0)
      .map(({ id, title, done, left, state }) => ({ id, title, done, left, state })),
  };
}
