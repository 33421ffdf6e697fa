import type { Cost, EvaluatedItem, EvaluationReport, RunSpec, RunStatus } from '@pointsman/contracts';
import { sql } from 'drizzle-orm';
import { boolean, integer, jsonb, pgTable, real, smallint, text } from 'drizzle-orm/pg-core';
import { bytea, instant, int8 } from '../column-types.ts';

export const evaluationRuns = pgTable('evaluation_runs', {
  id: text('id').primaryKey().default(sql`new_id('run')`),
  status: text('status').$type<RunStatus>().notNull(),
  spec: jsonb('spec').$type<RunSpec>().notNull(),
  emulated: boolean('emulated').notNull(),
  maxCostNanoUsd: int8('max_cost_nano_usd'),
  spentNanoUsd: int8('spent_nano_usd').notNull(),
  reservedNanoUsd: int8('reserved_nano_usd').notNull(),
  unknownCosts: integer('unknown_costs').notNull(),
  lostCalls: integer('lost_calls').notNull(),
  lostNanoUsd: int8('lost_nano_usd').notNull(),
  generation: integer('generation').notNull(),
  why: text('why'),
  report: jsonb('report').$type<EvaluationReport>(),
  createdAt: instant('created_at').notNull(),
  startedAt: instant('started_at'),
  finishedAt: instant('finished_at'),
});

export const evaluationItems = pgTable('evaluation_items', {
  runId: text('run_id').notNull(),
  contestant: smallint('contestant').notNull(),
  caseId: text('case_id').notNull(),
  caseHash: text('case_hash').notNull(),
  position: integer('position').notNull(),
  item: jsonb('item').$type<EvaluatedItem>(),
  doneAt: instant('done_at'),
});

export const evaluationCalls = pgTable('evaluation_calls', {
  key: bytea('key').primaryKey(),
  runId: text('run_id').notNull(),
  status: text('status').$type<'started' | 'done'>().notNull(),
  purpose: text('purpose').$type<'reply' | 'verdict'>().notNull(),
  modelId: text('model_id').notNull(),
  holder: text('holder').notNull(),
  leaseExpiresAt: instant('lease_expires_at').notNull(),
  reservedNanoUsd: int8('reserved_nano_usd').notNull(),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at'),
  reply: jsonb('reply').$type<unknown>(),
  cost: jsonb('cost').$type<Cost>(),
  latencyMs: real('latency_ms'),
});
