import type { Dimension, JudgeIdentity } from '@pointsman/contracts';
import { bigint, boolean, doublePrecision, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../column-types.ts';

export const annotatedReplies = pgTable('annotated_replies', {
  caseHash: text('case_hash').notNull(),
  replyHash: text('reply_hash').notNull(),
  caseId: text('case_id').notNull(),
  model: text('model').notNull(),
  reply: text('reply').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

const ratingColumns = {
  caseHash: text('case_hash').notNull(),
  replyHash: text('reply_hash').notNull(),
  dimension: text('dimension').$type<Dimension>().notNull(),
  rating: doublePrecision('rating').notNull(),
  scaleLow: doublePrecision('scale_low').notNull(),
  scaleHigh: doublePrecision('scale_high').notNull(),
  source: text('source').notNull(),
};

export const annotationRatings = pgTable('annotation_ratings', {
  ...ratingColumns,
  rater: text('rater').notNull(),
  ratedAt: instant('rated_at').notNull().defaultNow(),
});

export const annotationAdjudications = pgTable('annotation_adjudications', {
  ...ratingColumns,
  decidedAt: instant('decided_at').notNull().defaultNow(),
});

export const judgeCalibrations = pgTable('judge_calibrations', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  judgeHash: text('judge_hash').notNull(),
  dimension: text('dimension').$type<Dimension>().notNull(),
  emulated: boolean('emulated').notNull(),
  judge: jsonb('judge').$type<JudgeIdentity>().notNull(),
  body: jsonb('body').$type<unknown>().notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const anchorSets = pgTable('anchor_sets', {
  name: text('name').primaryKey(),
  items: jsonb('items').$type<{ caseHash: string; replyHash: string }[]>().notNull(),
  pinnedAt: instant('pinned_at').notNull().defaultNow(),
});

export const anchorScorings = pgTable('anchor_scorings', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  anchorSet: text('anchor_set').notNull(),
  judgeHash: text('judge_hash').notNull(),
  emulated: boolean('emulated').notNull(),
  judge: jsonb('judge').$type<JudgeIdentity>().notNull(),
  scores: jsonb('scores').$type<unknown>(),
  verdict: jsonb('verdict').$type<unknown>(),
  startedAt: instant('started_at').notNull().defaultNow(),
  scoredAt: instant('scored_at'),
});
