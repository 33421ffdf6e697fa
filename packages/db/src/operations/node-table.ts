import type { NodeFacts } from '@pointsman/contracts';
import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../column-types.ts';

export const nodes = pgTable('nodes', {
  id: text('id').primaryKey(),
  kind: text('kind').$type<'gateway' | 'worker'>().notNull(),
  version: text('version').notNull(),
  startedAt: instant('started_at').notNull(),
  beatAt: instant('beat_at').notNull(),
  facts: jsonb('facts').$type<NodeFacts>().notNull(),
});
