import { date, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { int8 } from '../column-types.ts';

const day = date('day', { mode: 'string' });

export const decisionRollups = pgTable('decision_rollups', {
  facet: text('facet')
    .$type<'policy' | 'key' | 'tag' | 'cell' | 'model-domain' | 'model-task' | 'model' | 'domain' | 'task'>()
    .notNull(),
  clientId: text('client_id').notNull(),
  day: day.notNull(),
  value: text('value').notNull(),
  domain: text('domain').notNull(),
  task: text('task').notNull(),
  answered: int8('answered').notNull(),
  cached: int8('cached').notNull(),
  refused: int8('refused').notNull(),
  failed: int8('failed').notNull(),
  abandoned: int8('abandoned').notNull(),
  exactCostNanoUsd: int8('exact_cost_nano_usd').notNull(),
  estimatedCostNanoUsd: int8('estimated_cost_nano_usd').notNull(),
  estimatedCostCount: int8('estimated_cost_count').notNull(),
  unknownCostCount: int8('unknown_cost_count').notNull(),
  inputTokens: int8('input_tokens').notNull(),
  cachedInputTokens: int8('cached_input_tokens').notNull(),
  outputTokens: int8('output_tokens').notNull(),
  unknownUsageCount: int8('unknown_usage_count').notNull(),
  qualityCount: int8('quality_count').notNull(),
  qualitySumBp: int8('quality_sum_bp').notNull(),
  qualityVarianceSumBp2: int8('quality_variance_sum_bp2').notNull(),
  barCount: int8('bar_count').notNull(),
  oversizedSumBp: int8('oversized_sum_bp').notNull(),
  undersizedSumBp: int8('undersized_sum_bp').notNull(),
  strongestCount: int8('strongest_count').notNull(),
  strongestCostNanoUsd: int8('strongest_cost_nano_usd').notNull(),
  strongestPaidNanoUsd: int8('strongest_paid_nano_usd').notNull(),
  strongestVarianceMicroUsd2: int8('strongest_variance_micro_usd2').notNull(),
  latencyCount: int8('latency_count').notNull(),
  latencySumUs: int8('latency_sum_us').notNull(),
  firstTokenCount: int8('first_token_count').notNull(),
  firstTokenSumUs: int8('first_token_sum_us').notNull(),
});

export const latencyRollups = pgTable('latency_rollups', {
  clientId: text('client_id').notNull(),
  day: day.notNull(),
  modelId: text('model_id').notNull(),
  bucket: smallint('bucket').notNull(),
  replies: int8('replies').notNull(),
  firstTokens: int8('first_tokens').notNull(),
});
