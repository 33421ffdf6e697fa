import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../column-types.ts';
import type { SampleMessage } from './request-samples.ts';

export const requestSamples = pgTable('request_samples', {
  decisionId: uuid('decision_id').primaryKey(),
  clientId: text('client_id').notNull(),
  at: instant('at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  endUserHash: bytea('end_user_hash'),
  modelId: text('model_id').notNull(),
  domain: text('domain'),
  task: text('task'),
  batch: text('batch'),
  messages: jsonb('messages').$type<SampleMessage[]>().notNull(),
  reply: text('reply').notNull(),
});
