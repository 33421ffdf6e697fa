import type { Interval } from '@pointsman/statistics';
import { z } from 'zod';

/** A measured value with its 95 % interval, or that there were too few samples to say. */
export const measuredSchema = z.union([
  z.object({ value: z.number(), low: z.number(), high: z.number() }),
  z.object({ tooFew: z.literal(true) }),
]);
export type Measured = z.infer<typeof measuredSchema>;

export function measuredFrom(interval: Interval): Measured {
  if ('tooFew' in interval) return { tooFew: true };
  return { value: interval.estimate, low: interval.low, high: interval.high };
}

const lossesSchema = z.object({
  logLoss: z.number(),
  brier: z.number(),
  /** Mean over models; absent when no model has both outcomes. */
  auc: z.number().optional(),
  calibrationError: z.number().optional(),
});
export type Losses = z.infer<typeof lossesSchema>;

const sliceSchema = z.object({
  dimension: z.string(),
  /** A source, or `all`. */
  source: z.string(),
  requests: z.int(),
  scores: z.int(),
  router: lossesSchema,
  /** Each model's average over the request's true domain, which serving does not know. */
  domainAverage: lossesSchema,
  globalAverage: lossesSchema,
  /** Router minus baseline: below zero the router is better. */
  versusDomain: z.object({ logLoss: measuredSchema, brier: measuredSchema }),
  versusGlobal: z.object({ logLoss: measuredSchema, brier: measuredSchema }),
});
export type Slice = z.infer<typeof sliceSchema>;

const coverageSchema = z.object({
  dimension: z.string(),
  nominal: z.number(),
  requests: z.int(),
  /** Share of requests whose mean outcome over models lies in its interval. */
  overall: z.number(),
  /** Among domains with enough requests; absent when none has. */
  worstDomain: z.object({ domain: z.string(), requests: z.int(), coverage: z.number() }).optional(),
  domains: z.int(),
  /** Per model and domain: share of groups whose mean outcome lies within the mean spread around the mean prediction. */
  groups: z.object({ count: z.int(), covered: z.number() }),
});
export type Coverage = z.infer<typeof coverageSchema>;

const pairSchema = z.object({
  source: z.string(),
  strong: z.string(),
  weak: z.string(),
  requests: z.int(),
  /** Average performance gap recovered (RouteLLM); 0.5 is random. */
  apgr: z.object({ router: z.number(), domainAverage: z.number(), promptLength: z.number() }),
});
export type PairRouting = z.infer<typeof pairSchema>;

const outcomeSchema = z.object({
  /** Share of the strongest model's cost that was saved. */
  saved: z.number(),
  /** Quality delivered, as a share of the strongest model's. */
  quality: z.number(),
});
export type PoolOutcome = z.infer<typeof outcomeSchema>;

const savingsSchema = z.object({
  source: z.string(),
  models: z.int(),
  requests: z.int(),
  strongest: z.string(),
  /** Share of the strongest model's quality that was aimed at; the trade-off is set on one half, measured on the other. */
  target: z.number(),
  router: outcomeSchema,
  domainAverage: outcomeSchema,
  /** The best blind mix of two fixed models. */
  zeroRouter: outcomeSchema,
});
export type PoolSavings = z.infer<typeof savingsSchema>;

const tokensSchema = z.object({
  replies: z.int(),
  /** Half of the replies are within this factor of the prediction. */
  medianFactor: z.number(),
  /** Sum of predictions over sum of tokens. */
  totalRatio: z.number(),
  /** Mean absolute error over the same error of each model's average. */
  relativeError: z.number(),
});
export type TokenAccuracy = z.infer<typeof tokensSchema>;

/** How a router artefact did on rows it had not learned from. */
export const evaluationTableSchema = z.object({
  version: z.string(),
  requests: z.int(),
  slices: z.array(sliceSchema),
  coverage: z.array(coverageSchema),
  /** Absent when no held-out reply was counted. */
  tokens: tokensSchema.optional(),
  pairs: z.array(pairSchema),
  savings: z.array(savingsSchema),
});
export type EvaluationTable = z.infer<typeof evaluationTableSchema>;
