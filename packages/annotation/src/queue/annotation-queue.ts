import {
  type AdjudicationDecision,
  type AnnotationDraft,
  type AnnotationFormat,
  type Batch,
  type BatchInput,
  type BatchPage,
  type BatchPatch,
  DIMENSIONS,
  GatewayError,
  type NextItems,
  type RaterPlans,
  type RatingsImport,
  type Skip,
} from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { type RubricSet, readRubrics } from '@pointsman/judge';
import { batchDetails, batchItems } from './batch-detail.ts';
import { batchView } from './batch-view.ts';
import { exportBatch, importRatings } from './exchange-ratings.ts';
import { EXCHANGE_FORMATS } from './formats/exchange-formats.ts';
import { MOST_KNOWN_RATINGS, openBatch, type QueueRepositories } from './open-batch.ts';
import { planRaters } from './plan-raters.ts';
import {
  currentItems,
  nextItems,
  progressOf,
  type Rating,
  saveDraft,
  skipItem,
  submitItem,
  undoLast,
} from './rate-items.ts';
import { decideDispute, nextDispute, skipDispute } from './settle-disputes.ts';

export type QueueDependencies = { repositories: QueueRepositories & Pick<Repositories, 'users'>; now(): number };

export type AnnotationQueue = ReturnType<typeof createAnnotationQueue>;

/** The annotation queue: what raters, third persons and operators do with it. */
export function createAnnotationQueue(dependencies: QueueDependencies) {
  const { repositories, now } = dependencies;
  let read: Promise<RubricSet> | undefined;
  const rubrics = () => {
    read ??= readRubrics();
    return read;
  };
  const rating: Rating = { queue: repositories.annotationQueue, rubrics, now };
  return { ...forRaters(rating), ...forOperators(dependencies) };
}

function forRaters(rating: Rating) {
  return {
    next: (rater: string, asked: NextItems) => nextItems(rating, rater, asked),
    current: (rater: string) => currentItems(rating, rater),
    saveDraft: (rater: string, itemId: string, draft: AnnotationDraft) => saveDraft(rating, { itemId, rater }, draft),
    submit: (rater: string, itemId: string, said: AnnotationDraft) => submitItem(rating, { itemId, rater }, said),
    skip: (rater: string, itemId: string, why: Skip) => skipItem(rating, { itemId, rater }, why),
    undo: (rater: string) => undoLast(rating, rater),
    progress: (rater: string, asked: { batch: string | undefined; sinceMs: number }) =>
      progressOf(rating, rater, asked),
    nextDispute: (adjudicator: string) => nextDispute(rating, adjudicator),
    decide: (adjudicator: string, itemId: string, decision: AdjudicationDecision) =>
      decideDispute(rating, { itemId, adjudicator }, decision),
    skipDispute: (adjudicator: string, itemId: string) => skipDispute(rating, { itemId, adjudicator }),
  };
}

function forOperators({ repositories, now }: QueueDependencies) {
  const { annotationQueue: queue, users } = repositories;
  const detail = batchDetails(queue, now);
  return {
    openBatch: (input: BatchInput, createdBy: string): Promise<Batch> =>
      openBatch(repositories, input, { createdBy, now: now() }),
    async batches(page: { offset: number; limit: number }): Promise<BatchPage> {
      const { batches, total } = await queue.listBatches({ ...page, now: now() });
      return { data: batches.map(batchView), total };
    },
    batch: detail,
    async changeBatch(id: string, patch: BatchPatch): Promise<Batch> {
      const isThere = await queue.changeBatch(id, patch);
      const batch = isThere ? await queue.batch(id, now()) : undefined;
      if (batch === undefined) throw new GatewayError('not_found', `There is no batch "${id}".`);
      return batchView(batch);
    },
    batchItems: (page: Parameters<typeof batchItems>[1]) => batchItems(queue, page),
    /** How many raters each dimension takes for a ceiling, by what is known of their agreement. */
    async planRaters(asked: { targetCeiling: number; mostRaters: number }): Promise<RaterPlans> {
      const known = await queue.knownRatings(MOST_KNOWN_RATINGS);
      return { data: planRaters(known, { ...asked, dimensions: DIMENSIONS }) };
    },
    /** The parts of a document, with its type and the ending of its name. @throws GatewayError `not_found`. */
    async exportBatch(id: string, format: AnnotationFormat) {
      if ((await queue.batch(id, now())) === undefined)
        throw new GatewayError('not_found', `There is no batch "${id}".`);
      const { contentType, fileName } = EXCHANGE_FORMATS[format];
      return { contentType, fileName, parts: exportBatch(queue, id, format) };
    },
    importRatings: (id: string, file: RatingsImport) => importRatings({ queue, users, now }, id, file),
  };
}
