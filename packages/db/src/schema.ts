import type {
  CandidateRecord,
  Catalog,
  Client,
  Cost,
  Decision,
  DecisionOutcome,
  FloorRecord,
  MinScores,
  Policy,
  Reason,
  Sampling,
} from '@pointsman/contracts';
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  customType,
  date,
  doublePrecision,
  integer,
  json,
  jsonb,
  pgTable,
  real,
  serial,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, instant, int8 } from './column-types.ts';
import type { AttemptRow } from './decisions/attempt-rows.ts';
import { safeInteger } from './safe-integer.ts';

export * from './annotation-queue/queue-tables.ts';
export * from './evaluations/evaluation-tables.ts';
export * from './judging/judging-tables.ts';
export * from './operations/node-table.ts';
export * from './rollups/rollup-tables.ts';
export * from './sampling/sample-table.ts';
export * from './sign-in/sign-in-tables.ts';

// Typing only: tables, keys, indexes and triggers are made by migrations/*.sql. A test compares the two.

const day = (name: string) => date(name, { mode: 'string' });

// drizzle's own arrays turn a null element into 0, and unknown is never zero.
const smallintArray = customType<{ data: (number | null)[] }>({ dataType: () => 'smallint[]' });
const realArray = customType<{ data: (number | null)[] }>({ dataType: () => 'real[]' });
const int8Array = customType<{ data: (number | null)[]; driverData: (string | null)[] }>({
  dataType: () => 'bigint[]',
  fromDriver: (values) => values.map((value) => (value === null ? null : safeInteger(value))),
});

export const clients = pgTable('clients', {
  id: text('id').primaryKey().default(sql`new_id('cli')`),
  name: text('name').notNull(),
  limits: jsonb('limits').$type<Client['limits']>().notNull(),
  cache: jsonb('cache').$type<Client['cache']>().notNull(),
  policy: text('policy').notNull(),
  regions: text('regions').array(),
  sampling: jsonb('sampling').$type<Sampling>(),
  createdAt: instant('created_at').notNull().defaultNow(),
  disabledAt: instant('disabled_at'),
});

export const apiKeys = pgTable('api_keys', {
  id: text('id').primaryKey().default(sql`new_id('key')`),
  clientId: text('client_id').notNull(),
  name: text('name').notNull(),
  hash: bytea('hash').notNull(),
  prefix: text('prefix').notNull(),
  scopes: text('scopes').array().$type<('inference' | 'read' | 'admin')[]>().notNull(),
  limits: jsonb('limits').$type<Client['limits']>().notNull(),
  expiresAt: instant('expires_at'),
  createdAt: instant('created_at').notNull().defaultNow(),
  revokedAt: instant('revoked_at'),
  previousHash: bytea('previous_hash'),
  previousPrefix: text('previous_prefix'),
  previousUntil: instant('previous_until'),
});

export const policies = pgTable('policies', {
  clientId: text('client_id'),
  name: text('name').notNull(),
  body: jsonb('body').$type<Policy>().notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

export const catalogs = pgTable('catalogs', {
  version: text('version').primaryKey(),
  body: jsonb('body').$type<Catalog>().notNull(),
  note: text('note').notNull(),
  activation: bigserial('activation', { mode: 'number' }).notNull(),
  savedAt: instant('saved_at').notNull().defaultNow(),
});

export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').$type<unknown>().notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

export const certificates = pgTable('certificates', {
  id: text('id').primaryKey().default(sql`new_id('crt')`),
  clientId: text('client_id'),
  policy: text('policy').notNull(),
  routerVersion: text('router_version').notNull(),
  status: text('status').$type<'active' | 'expired' | 'revoked'>().notNull().default('active'),
  body: jsonb('body').$type<unknown>().notNull(),
  issuedAt: instant('issued_at').notNull().default(sql`clock_timestamp()`),
  expiredAt: instant('expired_at'),
  why: text('why'),
  checkedAt: instant('checked_at'),
});

export const configRevision = pgTable('config_revision', {
  singleton: boolean('singleton').primaryKey().default(true),
  revision: int8('revision').notNull(),
});

export const decisions = pgTable('decisions', {
  id: uuid('id').notNull(),
  at: instant('at').notNull(),
  choiceProbability: doublePrecision('choice_probability').notNull(),
  costNanoUsd: int8('cost_nano_usd'),
  inputTokens: int8('input_tokens'),
  cachedInputTokens: int8('cached_input_tokens'),
  cacheWriteTokens: int8('cache_write_tokens'),
  outputTokens: int8('output_tokens'),
  reasoningTokens: int8('reasoning_tokens'),
  reportedCostNanoUsd: int8('reported_cost_nano_usd'),
  totalMs: real('total_ms').notNull(),
  overheadMs: real('overhead_ms').notNull(),
  firstTokenMs: real('first_token_ms'),
  predictMs: real('predict_ms'),
  emulated: boolean('emulated').notNull(),
  stream: boolean('stream').notNull(),
  clientId: text('client_id').notNull(),
  keyId: text('key_id').notNull(),
  endpoint: text('endpoint').$type<Decision['endpoint']>().notNull(),
  outcome: text('outcome').$type<DecisionOutcome>().notNull(),
  errorCode: text('error_code'),
  requestedModel: text('requested_model').notNull(),
  policy: text('policy').notNull(),
  arm: text('arm').notNull(),
  routerVersion: text('router_version').notNull(),
  catalogVersion: text('catalog_version').notNull(),
  reason: text('reason').$type<Reason>().notNull(),
  modelId: text('model_id'),
  provider: text('provider'),
  cache: text('cache').$type<Decision['cache']>().notNull(),
  costStatus: text('cost_status').$type<Cost['status']>().notNull(),
  costWhy: text('cost_why'),
  domain: text('domain'),
  session: text('session'),
  endUser: text('end_user'),
  tags: jsonb('tags').$type<Record<string, string>>(),
  ignored: text('ignored').array(),
  candidateModels: integer('candidate_models').array(),
  candidateMarks: text('candidate_marks'),
  candidateScores: smallintArray('candidate_scores'),
  candidateNumbers: realArray('candidate_numbers'),
  candidateCosts: int8Array('candidate_costs'),
  candidateDetails: jsonb('candidate_details').$type<Record<string, NonNullable<CandidateRecord['detail']>>>(),
  attempts: jsonb('attempts').$type<AttemptRow[]>(),
  familiarity: real('familiarity'),
  task: text('task'),
  kind: text('kind'),
  floorCertificate: text('floor_certificate'),
  floorOutcome: text('floor_outcome').$type<FloorRecord['outcome']>(),
  floorWhy: text('floor_why').$type<FloorRecord['why'] | null>(),
  barScores: json('bar_scores').$type<MinScores>(),
  barRisk: real('bar_risk'),
  barShare: real('bar_share'),
  qualityBp: smallint('quality_bp'),
  qualitySpreadBp: smallint('quality_spread_bp'),
  oversizedBp: smallint('oversized_bp'),
  undersizedBp: smallint('undersized_bp'),
  strongestMissMicroUsd: integer('strongest_miss_micro_usd'),
  strongestCostNanoUsd: int8('strongest_cost_nano_usd'),
});
export type DecisionRow = typeof decisions.$inferSelect;

export const decisionModels = pgTable('decision_models', {
  id: serial('id').primaryKey(),
  name: text('name').notNull(),
});

export const usageRollups = pgTable('usage_rollups', {
  day: day('day').notNull(),
  clientId: text('client_id').notNull(),
  modelId: text('model_id').notNull(),
  domain: text('domain').notNull(),
  policy: text('policy').notNull(),
  answered: int8('answered').notNull(),
  cached: int8('cached').notNull(),
  refused: int8('refused').notNull(),
  failed: int8('failed').notNull(),
  abandoned: int8('abandoned').notNull(),
  inputTokens: int8('input_tokens').notNull(),
  cachedInputTokens: int8('cached_input_tokens').notNull(),
  cacheWriteTokens: int8('cache_write_tokens').notNull(),
  outputTokens: int8('output_tokens').notNull(),
  reasoningTokens: int8('reasoning_tokens').notNull(),
  unknownUsageCount: int8('unknown_usage_count').notNull(),
  exactCostNanoUsd: int8('exact_cost_nano_usd').notNull(),
  estimatedCostNanoUsd: int8('estimated_cost_nano_usd').notNull(),
  estimatedCostCount: int8('estimated_cost_count').notNull(),
  unknownCostCount: int8('unknown_cost_count').notNull(),
});

export const feedback = pgTable('feedback', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  decisionId: uuid('decision_id').notNull(),
  clientId: text('client_id').notNull(),
  thumb: text('thumb').$type<'up' | 'down'>(),
  score: doublePrecision('score'),
  correction: text('correction'),
  comment: text('comment'),
  at: instant('at').notNull().defaultNow(),
});

export const shadowDecisions = pgTable('shadow_decisions', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  decisionId: uuid('decision_id').notNull(),
  at: instant('at').notNull(),
  costNanoUsd: int8('cost_nano_usd').notNull(),
  shadowCostNanoUsd: int8('shadow_cost_nano_usd'),
  mean: real('mean').notNull(),
  spread: real('spread').notNull(),
  shadowMean: real('shadow_mean').notNull(),
  shadowSpread: real('shadow_spread').notNull(),
  policy: text('policy').notNull(),
  routerVersion: text('router_version').notNull(),
  shadowVersion: text('shadow_version').notNull(),
  modelId: text('model_id').notNull(),
  shadowModelId: text('shadow_model_id'),
});

export const benchmarks = pgTable('benchmarks', {
  name: text('name').primaryKey(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const benchmarkDrafts = pgTable('benchmark_drafts', {
  name: text('name').primaryKey(),
  revision: int8('revision').notNull().default(sql`nextval('benchmark_draft_revisions')`),
  body: jsonb('body').$type<unknown>().notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

export const benchmarkCases = pgTable('benchmark_cases', {
  hash: text('hash').primaryKey(),
  body: jsonb('body').$type<unknown>().notNull(),
});

export const benchmarkVersions = pgTable('benchmark_versions', {
  name: text('name').notNull(),
  version: integer('version').notNull(),
  hash: text('hash').notNull(),
  body: jsonb('body').$type<unknown>().notNull(),
  reason: text('reason').notNull(),
  review: jsonb('review').$type<unknown>(),
});

export const budgetWindows = pgTable('budget_windows', {
  clientId: text('client_id').notNull(),
  windowKind: text('window_kind').$type<'day' | 'month'>().notNull(),
  windowStart: day('window_start').notNull(),
  spentNanoUsd: int8('spent_nano_usd').notNull().default(0),
  unknownCostCount: int8('unknown_cost_count').notNull().default(0),
});

export const budgetLeases = pgTable('budget_leases', {
  nodeId: text('node_id').notNull(),
  clientId: text('client_id').notNull(),
  windowKind: text('window_kind').$type<'day' | 'month'>().notNull(),
  windowStart: day('window_start').notNull(),
  remainingNanoUsd: int8('remaining_nano_usd').notNull(),
  expiresAt: instant('expires_at').notNull(),
});
