import { z } from 'zod';
import { minScoresSchema } from './constraints.ts';
import { dimensionScoresSchema, estimateBasisSchema } from './estimates.ts';
import { floorRecordSchema } from './floor.ts';
import { nanoUsdSchema } from './money.ts';
import { reasonSchema, removalSchema } from './reasons.ts';
import { costSchema, usageSchema } from './usage.ts';

/** Provider failures, by what the caller may do next. */
export const FAILURE_KINDS = ['rate-limited', 'transient', 'unsuitable', 'rejected', 'misconfigured'] as const;
export const failureKindSchema = z.enum(FAILURE_KINDS);
export type FailureKind = z.infer<typeof failureKindSchema>;

export const candidateRecordSchema = z.object({
  modelId: z.string(),
  basis: estimateBasisSchema.optional(),
  scores: dimensionScoresSchema.optional(),
  /** Weighted mean under the policy, with its spread. */
  overall: z.object({ mean: z.number(), spread: z.number() }).optional(),
  /** Largest probability of falling below one of the minimum scores. */
  risk: z.number().optional(),
  expectedCostNanoUsd: nanoUsdSchema.optional(),
  expectedOutputTokens: z.number().optional(),
  latencyP95Ms: z.number().optional(),
  removedBy: removalSchema.optional(),
  /** What exactly did not fit, for people. */
  detail: z.string().optional(),
});
export type CandidateRecord = z.infer<typeof candidateRecordSchema>;

export const attemptSchema = z.object({
  modelId: z.string(),
  provider: z.string(),
  /** Milliseconds since the epoch. */
  startedAtMs: z.number(),
  outcome: z.enum(['answered', 'failed', 'abandoned']),
  failure: failureKindSchema.optional(),
  status: z.int().optional(),
  message: z.string().optional(),
  providerRequestId: z.string().optional(),
  usage: usageSchema.optional(),
  cost: costSchema,
  queueMs: z.number().optional(),
  firstTokenMs: z.number().optional(),
  totalMs: z.number(),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const outcomeSchema = z.enum(['answered', 'cached', 'refused', 'failed', 'abandoned']);
export type DecisionOutcome = z.infer<typeof outcomeSchema>;

/** What every candidate had to reach, the policy's demands and the request's together. */
export const barRecordSchema = z.object({
  minScores: minScoresSchema,
  /** Highest acceptable probability of falling below a minimum score. */
  risk: z.number(),
  minShareOfBest: z.number().optional(),
});
export type BarRecord = z.infer<typeof barRecordSchema>;

/** The one record every authenticated request leaves. */
export const decisionSchema = z.object({
  /** `dec_` and a time-ordered UUID (version 7) in hex. */
  id: z.string(),
  at: z.iso.datetime(),
  clientId: z.string(),
  keyId: z.string(),
  endpoint: z.enum(['chat.completions', 'embeddings']),
  outcome: outcomeSchema,
  /** The gateway's error code when refused or failed. */
  errorCode: z.string().optional(),
  requestedModel: z.string(),
  policy: z.string(),
  arm: z.string(),
  /** Probability with which the served model was chosen; 1 for a deterministic choice. */
  choiceProbability: z.number().min(0).max(1),
  routerVersion: z.string(),
  catalogVersion: z.string(),
  reason: reasonSchema,
  modelId: z.string().optional(),
  provider: z.string().optional(),
  emulated: z.boolean(),
  stream: z.boolean(),
  cache: z.enum(['off', 'miss', 'hit']),
  /** Absent where the caller named the model or nothing was asked of its quality. */
  bar: barRecordSchema.optional(),
  candidates: z.array(candidateRecordSchema),
  attempts: z.array(attemptSchema),
  usage: usageSchema,
  cost: costSchema,
  latency: z.object({
    totalMs: z.number(),
    firstTokenMs: z.number().optional(),
    /** Time spent in the gateway itself, prediction included. */
    overheadMs: z.number(),
    predictMs: z.number().optional(),
  }),
  /** What the router model read in the request: domain and task of the closed lists, absent when none is likelier than not. */
  domain: z.string().optional(),
  task: z.string().optional(),
  /** The sort of request of the training data it is likest. */
  kind: z.string().optional(),
  /** 1: like the training data, 0: like nothing seen. */
  familiarity: z.number().optional(),
  /** Under a policy with a floor. */
  floor: floorRecordSchema.optional(),
  session: z.string().optional(),
  endUser: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  /** Request fields the chosen provider could not honour. */
  ignored: z.array(z.string()),
});
export type Decision = z.infer<typeof decisionSchema>;

export const feedbackSchema = z.strictObject({
  decision_id: z.string(),
  thumb: z.enum(['up', 'down']).optional(),
  score: z.number().min(0).max(1).optional(),
  correction: z.string().max(100_000).optional(),
  comment: z.string().max(10_000).optional(),
});
export type Feedback = z.infer<typeof feedbackSchema>;
