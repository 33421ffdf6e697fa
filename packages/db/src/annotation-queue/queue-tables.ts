import type { AnnotationAnswers, BatchState, Dimension, RaterPlan, SkipReason } from '@pointsman/contracts';
import { bigint, boolean, doublePrecision, integer, jsonb, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../column-types.ts';
import type { BatchOrigin, GoldRatings, QueueContent } from './queue-types.ts';

export const annotationBatches = pgTable('annotation_batches', {
  id: text('id').primaryKey(),
  title: text('title').notNull(),
  guidelines: text('guidelines').notNull(),
  state: text('state').$type<BatchState>().notNull(),
  source: jsonb('source').$type<BatchOrigin>().notNull(),
  plans: jsonb('plans').$type<RaterPlan[]>().notNull(),
  raters: smallint('raters').notNull(),
  targetCeiling: doublePrecision('target_ceiling').notNull(),
  goldShare: doublePrecision('gold_share').notNull(),
  reservationMinutes: integer('reservation_minutes').notNull(),
  disagreement: smallint('disagreement').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
});

export const annotationItems = pgTable('annotation_items', {
  id: text('id').primaryKey(),
  batchId: text('batch_id').notNull(),
  band: integer('band').notNull(),
  caseId: text('case_id').notNull(),
  caseHash: text('case_hash'),
  replyHash: text('reply_hash').notNull(),
  model: text('model').notNull(),
  gold: jsonb('gold').$type<GoldRatings>(),
  content: jsonb('content').$type<QueueContent>(),
  sampleId: uuid('sample_id'),
  submitted: integer('submitted').notNull(),
  disputed: text('disputed').array().$type<Dimension[]>().notNull(),
});

export const annotationAssignments = pgTable('annotation_assignments', {
  itemId: text('item_id').notNull(),
  rater: text('rater').notNull(),
  state: text('state').$type<'held' | 'submitted' | 'skipped'>().notNull(),
  dimensions: text('dimensions').array().$type<Dimension[]>().notNull(),
  turn: bigint('turn', { mode: 'number' }).notNull(),
  reservedUntil: instant('reserved_until').notNull(),
  revision: integer('revision').notNull(),
  answers: jsonb('answers').$type<AnnotationAnswers>().notNull(),
  comment: text('comment'),
  activeMs: integer('active_ms'),
  skipReason: text('skip_reason').$type<SkipReason>(),
  skipNote: text('skip_note'),
  imported: boolean('imported').notNull(),
  finishedAt: instant('finished_at'),
});

export const annotationDecisions = pgTable('annotation_decisions', {
  itemId: text('item_id').notNull(),
  adjudicator: text('adjudicator').notNull(),
  state: text('state').$type<'held' | 'decided' | 'skipped'>().notNull(),
  reservedUntil: instant('reserved_until').notNull(),
  ratings: jsonb('ratings').$type<AnnotationAnswers>().notNull(),
  note: text('note'),
  decidedAt: instant('decided_at'),
});

export const annotationCases = pgTable('annotation_cases', {
  hash: text('hash').primaryKey(),
  body: jsonb('body').$type<unknown>().notNull(),
  sampleId: uuid('sample_id'),
});
