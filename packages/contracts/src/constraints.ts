import { z } from 'zod';
import { DIMENSIONS } from './dimensions.ts';
import { nanoUsdFromUsd } from './money.ts';

const unit = z.number().min(0).max(1);

export const minScoresSchema = z.partialRecord(z.enum(['overall', ...DIMENSIONS]), unit);
/** Lowest acceptable score, overall (the policy's weighted mean) or per dimension, each in [0, 1]. */
export type MinScores = z.infer<typeof minScoresSchema>;

/** Per-request options: the body's `pointsman` object (SDK `extra_body`); each also has a request header. */
export const requestOptionsSchema = z.strictObject({
  max_cost_usd: z.number().positive().optional(),
  min_score: z.union([unit, minScoresSchema]).optional(),
  max_latency_ms: z.int().positive().optional(),
  /** Allowed catalogue ids or patterns with `*`. */
  models: z.array(z.string().min(1)).min(1).optional(),
  region: z.string().optional(),
  cache: z.enum(['on', 'off']).optional(),
  end_user: z.string().max(256).optional(),
  session: z.string().max(256).optional(),
  tags: z.record(z.string().max(64), z.string().max(256)).optional(),
});
export type RequestOptions = z.infer<typeof requestOptionsSchema>;

/** The header of each per-request option. `tags` is `a=1,b=2`; `models` is comma-separated; `min-score` is `0.8` or `overall=0.8,tone=0.5`. */
export const REQUEST_HEADERS = {
  max_cost_usd: 'x-pointsman-max-cost-usd',
  min_score: 'x-pointsman-min-score',
  max_latency_ms: 'x-pointsman-max-latency-ms',
  models: 'x-pointsman-models',
  region: 'x-pointsman-region',
  cache: 'x-pointsman-cache',
  end_user: 'x-pointsman-end-user',
  session: 'x-pointsman-session',
  tags: 'x-pointsman-tags',
} as const satisfies Record<keyof RequestOptions, string>;

export const policySchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes'),
  kind: z.enum(['minimise-cost', 'maximise-quality']).default('minimise-cost'),
  /** Highest acceptable probability of falling below a minimum score. */
  risk: z.number().gt(0).lt(1).default(0.15),
  minScores: minScoresSchema.default({}),
  /** Weight of each dimension in the overall score; equal when absent. */
  weights: z.partialRecord(z.enum(DIMENSIONS), z.number().nonnegative()).default({}),
  maxCostUsd: z.number().positive().optional(),
  maxLatencyMs: z.int().positive().optional(),
  /** Patterns of catalogue ids, `*` matches anything. */
  allowedModels: z.array(z.string()).default(['*']),
  deniedModels: z.array(z.string()).default([]),
  regions: z.array(z.string()).optional(),
  /** Refuse instead of serving the best worst case when no model meets the minimum scores. */
  strict: z.boolean().default(false),
  /** Paced over the month by `maximise-quality`. */
  monthlyBudgetUsd: z.number().positive().optional(),
});
export type PolicyInput = z.input<typeof policySchema>;
export type Policy = z.infer<typeof policySchema>;

/** The policy of a client that has none of its own: cheapest model that is likely good enough. */
export const DEFAULT_POLICY: Policy = policySchema.parse({ name: 'default', minScores: { overall: 0.7 } });

export const maxCostNanoUsd = (usd: number | undefined): number | undefined =>
  usd === undefined ? undefined : nanoUsdFromUsd(usd);
