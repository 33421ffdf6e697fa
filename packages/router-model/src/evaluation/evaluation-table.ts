import { z } from 'zod';
import { servingModeSchema } from '../serving/serving-mode.ts';
import { measuredSchema } from './measured.ts';

const lossesSchema = z.object({
  logLoss: measuredSchema,
  brier: measuredSchema,
  /** Mean over models that have both outcomes. */
  auc: measuredSchema,
});
export type Losses = z.infer<typeof lossesSchema>;

/** Router minus baseline: below zero the router is better. */
const lossDifferencesSchema = z.object({ logLoss: measuredSchema, brier: measuredSchema });

const sliceSchema = z.object({
  dimension: z.string(),
  /** A source, or `all`. */
  source: z.string(),
  requests: z.int(),
  scores: z.int(),
  router: lossesSchema.extend({ calibrationError: measuredSchema }),
  /** What serving falls back to: the averages of the kind the router itself recognises. */
  kindAverages: lossesSchema,
  /** Each model's average over the request's true domain, which serving does not know. */
  domainAverage: lossesSchema,
  /** Ridge regression on hashed words: the simplest router that reads the request. */
  hashedRidge: lossesSchema,
  globalAverage: lossesSchema,
  versusKinds: lossDifferencesSchema,
  versusDomain: lossDifferencesSchema,
  versusRidge: lossDifferencesSchema,
  versusGlobal: lossDifferencesSchema,
});
export type Slice = z.infer<typeof sliceSchema>;

const coverageSchema = z.object({
  mode: servingModeSchema,
  dimension: z.string(),
  nominal: z.number(),
  requests: z.int(),
  /** Share of requests whose mean outcome over models lies in its interval. */
  overall: measuredSchema,
  /** Among domains with enough requests; absent when none has. Being the worst of many it looks worse than it is. */
  worstDomain: z.object({ domain: z.string(), requests: z.int(), coverage: measuredSchema }).optional(),
  domains: z.int(),
  /** Per model and domain: share of groups whose mean outcome lies within the mean spread around the mean prediction. */
  groups: z.object({ count: z.int(), covered: measuredSchema }),
});
export type Coverage = z.infer<typeof coverageSchema>;

const pairSchema = z.object({
  source: z.string(),
  strong: z.string(),
  weak: z.string(),
  requests: z.int(),
  /** Average performance gap recovered (RouteLLM); 0.5 is random. */
  apgr: z.object({
    router: measuredSchema,
    kindAverages: measuredSchema,
    domainAverage: measuredSchema,
    hashedRidge: measuredSchema,
    promptLength: measuredSchema,
  }),
});
export type PairRouting = z.infer<typeof pairSchema>;

const outcomeSchema = z.object({
  /** Share of the strongest model's cost that was saved. */
  saved: measuredSchema,
  /** Quality delivered, as a share of the strongest model's. */
  quality: measuredSchema,
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
  kindAverages: outcomeSchema,
  domainAverage: outcomeSchema,
  hashedRidge: outcomeSchema,
  /** The best blind mix of two fixed models. */
  zeroRouter: outcomeSchema,
});
export type PoolSavings = z.infer<typeof savingsSchema>;

/** Choices minus the same choices dealt out at random: above zero, looking at the request paid. */
const minusShuffleSchema = z.object({
  /** Points of quality per request, in [-1, 1]. */
  quality: measuredSchema,
  /** As a share of the strongest model's cost: near zero, for every model is taken equally often. Absent without costs. */
  cost: measuredSchema.optional(),
});
export type MinusShuffle = z.infer<typeof minusShuffleSchema>;

const choiceSkillSchema = z.object({
  /** A source, or `all`. */
  source: z.string(),
  models: z.int(),
  requests: z.int(),
  learned: minusShuffleSchema,
  kindAverages: minusShuffleSchema,
  /** Worth of the learned choice minus that of the kind averages' at the same trade-off: quality less its priced cost. */
  learnedVersusKinds: measuredSchema,
});
export type ChoiceSkill = z.infer<typeof choiceSkillSchema>;

const tokensSchema = z.object({
  replies: z.int(),
  /** Half of the replies are within this factor of the prediction. */
  medianFactor: measuredSchema,
  /** Sum of predictions over sum of tokens. */
  totalRatio: measuredSchema,
  /** Mean absolute error over the same error of each model's average. */
  relativeError: measuredSchema,
});
export type TokenAccuracy = z.infer<typeof tokensSchema>;

/** Sums by block of near-duplicate groups, so that two reports on the same rows can be compared pair by pair. */
const blockLossesSchema = z.object({
  model: z.string(),
  scores: z.array(z.int()),
  /** Summed log loss, by what the artefact would say in each mode. */
  losses: z.record(servingModeSchema, z.array(z.number())),
});
export type BlockLosses = z.infer<typeof blockLossesSchema>;

/** How a router artefact did on rows it had not learned from. */
export const evaluationTableSchema = z.object({
  /** Shape of this table: a report of another shape counts as none. */
  format: z.literal(2),
  version: z.string(),
  requests: z.int(),
  data: z.object({
    /** SHA-256 over the rows measured on, in whatever order they came. */
    hash: z.string(),
    /** Held-out rows left out: learned from, or near-duplicates of rows learned from or of training rows. */
    leftOut: z.object({ learned: z.int(), duplicates: z.int() }),
  }),
  slices: z.array(sliceSchema),
  coverage: z.array(coverageSchema),
  /** Absent when no held-out reply was counted. */
  tokens: tokensSchema.optional(),
  pairs: z.array(pairSchema),
  savings: z.array(savingsSchema),
  /** Per pool, and over all of them first; empty when no requests were answered by several models. */
  choices: z.array(choiceSkillSchema),
  blocks: z.array(blockLossesSchema),
});
export type EvaluationTable = z.infer<typeof evaluationTableSchema>;
