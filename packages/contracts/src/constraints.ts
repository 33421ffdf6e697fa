import { z } from 'zod';
import { DIMENSIONS } from './dimensions.ts';
import { floorSchema } from './floor.ts';
import { nanoUsdFromUsd } from './money.ts';

/** What a request may name, so that no request costs the gateway more than its answer is worth. */
export const LONGEST_NAME = 256;
export const MOST_PATTERNS = 256;
const MOST_TAGS = 64;

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
  models: z.array(z.string().min(1).max(LONGEST_NAME)).min(1).max(MOST_PATTERNS).optional(),
  region: z.string().max(LONGEST_NAME).optional(),
  cache: z.enum(['on', 'off']).optional(),
  end_user: z.string().max(256).optional(),
  session: z.string().max(256).optional(),
  tags: z
    .record(z.string().min(1).max(64), z.string().max(256))
    .refine((tags) => Object.keys(tags).length <= MOST_TAGS, `at most ${MOST_TAGS} tags`)
    .optional(),
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
  kind: z
    .enum(['minimise-cost', 'maximise-quality'])
    .default('minimise-cost')
    .describe('The cheapest model that is safe, or the best one within the ceilings'),
  risk: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.15)
    .describe('Highest acceptable probability of falling below a minimum score'),
  minScores: minScoresSchema
    .default({})
    .describe(
      'Lowest acceptable scores, 0 to 1: overall or by dimension; a policy without a floor takes the cheapest model',
    ),
  minShareOfBest: unit
    .optional()
    .describe(
      "Lowest acceptable overall estimate as a share of the best candidate's for the same request: 0.98 takes a cheaper model wherever it is expected to be within 2 % of the best",
    ),
  floor: floorSchema
    .optional()
    .describe(
      'A guarantee on quality at a confidence, for minimise-cost: kept by a certificate, and without one by the strongest model',
    ),
  weights: z
    .partialRecord(z.enum(DIMENSIONS), z.number().nonnegative())
    .default({})
    .describe('Weight of each dimension in the overall score; equal when none is given'),
  maxCostUsd: z.number().positive().optional().describe('Ceiling on the expected cost of one request, in dollars'),
  maxLatencyMs: z
    .int()
    .positive()
    .optional()
    .describe("Ceiling on a model's live 95th percentile, in milliseconds; a model too fresh to have one passes"),
  allowedModels: z.array(z.string()).default(['*']).describe('Patterns of catalogue ids, * matches anything'),
  deniedModels: z.array(z.string()).default([]).describe('Patterns of catalogue ids that are never used'),
  regions: z.array(z.string()).optional().describe('Only models that run in one of these regions'),
  strict: z
    .boolean()
    .default(false)
    .describe('Refuse instead of serving the best worst case when no model meets the minimum scores'),
  monthlyBudgetUsd: z.number().positive().optional().describe('Paced over the month by maximise-quality, in dollars'),
});
export type PolicyInput = z.input<typeof policySchema>;
export type Policy = z.infer<typeof policySchema>;

/** The policy of a client that has none of its own: cheapest model that is likely good enough. */
export const DEFAULT_POLICY: Policy = policySchema.parse({ name: 'default', minScores: { overall: 0.7 } });

export const maxCostNanoUsd = (usd: number | undefined): number | undefined =>
  usd === undefined ? undefined : nanoUsdFromUsd(usd);
