import type { AnnotationAnswers, BatchPatch, Dimension, SkipReason } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';
import { countWaiting, type Deciding, decideDispute, reserveDispute, skipDispute } from './adjudicate-items.ts';
import { type AtItem, saveDraft, skipItem, submitAnswers, undoLast } from './answer-items.ts';
import { type ItemsPage, readAnswersRevision, readBatchAnswers, readBatchItems } from './batch-answers.ts';
import { changeBatch, listBatches, readBatch, readBatches } from './batches.ts';
import { createBatch } from './create-batch.ts';
import { readHeldItems, readProgress, readSubmissions } from './held-items.ts';
import { type ImportedAnswer, importAnswers } from './import-answers.ts';
import { readKnownRatings } from './known-ratings.ts';
import type { NewBatch, SavedAnswers } from './queue-types.ts';
import { type Reservation, reserveItems } from './reserve-items.ts';

/** Replies that people are to rate: batches of them, who holds which, what was said, what a third person decided. */
export function annotationQueueRepository(database: Database) {
  return { ...batches(database), ...rating(database), ...deciding(database) };
}

/** What operators do. `now` is in milliseconds since 1970, here and below. */
function batches(database: Database) {
  return {
    createBatch: (batch: NewBatch, now: number) => createBatch(database, batch, now),
    listBatches: (page: { now: number; offset: number; limit: number }) => listBatches(database, page),
    batch: (id: string, now: number) => readBatch(database, id, now),
    batchesOf: (ids: readonly string[]) => readBatches(database, ids),
    changeBatch: (id: string, patch: BatchPatch) => changeBatch(database, id, patch),
    batchAnswers: (batchId: string) => readBatchAnswers(database, batchId),
    answersRevision: (batchId: string) => readAnswersRevision(database, batchId),
    batchItems: (page: ItemsPage) => readBatchItems(database, page),
    importAnswers: (answers: readonly ImportedAnswer[], now: number) => importAnswers(database, answers, now),
    knownRatings: (most: number) => readKnownRatings(database, most),
  };
}

/** What raters do: each sees and changes what was given to them, nothing else. */
function rating(database: Database) {
  return {
    reserve: (reservation: Reservation) => reserveItems(database, reservation),
    held: (rater: string, now: number) => readHeldItems(database, rater, now),
    progress: (rater: string, now: number) => readProgress(database, rater, now),
    submissions: (rater: string, most: number) => readSubmissions(database, rater, most),
    saveDraft: (at: AtItem, draft: SavedAnswers) => saveDraft(database, at, draft),
    submit: (at: AtItem, said: SavedAnswers, check: (dimensions: Dimension[]) => void) =>
      submitAnswers(database, at, said, check),
    skip: (at: AtItem, why: { reason: SkipReason; note: string | undefined }) => skipItem(database, at, why),
    undo: (at: Omit<AtItem, 'itemId'>) => undoLast(database, at),
  };
}

/** What third persons do. */
function deciding(database: Database) {
  return {
    waitingDisputes: (adjudicator: string, now: number) => countWaiting(database, adjudicator, now),
    reserveDispute: (adjudicator: string, now: number) => reserveDispute(database, adjudicator, now),
    decide: (
      at: Deciding,
      decision: { ratings: AnnotationAnswers; note: string | undefined },
      check: (disputed: readonly Dimension[]) => void,
    ) => decideDispute(database, at, decision, check),
    skipDispute: (at: Deciding) => skipDispute(database, at),
  };
}
