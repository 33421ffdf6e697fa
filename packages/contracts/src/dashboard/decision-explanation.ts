import { z } from 'zod';
import { minScoresSchema } from '../constraints.ts';
import { decisionSchema, feedbackSchema } from '../decision.ts';
import { DIMENSIONS } from '../dimensions.ts';
import { estimateBasisSchema } from '../estimates.ts';
import { nanoUsdSchema } from '../money.ts';
import { removalSchema } from '../reasons.ts';
import { certificateViewSchema } from './policy-replay.ts';

/** An estimated score and the range that holds it with a probability of 95 %, all in [0, 1]. */
const rangeSchema = z.object({ mean: z.number(), low: z.number(), high: z.number() });

const explainedCandidateSchema = z.object({
  modelId: z.string(),
  basis: estimateBasisSchema.optional(),
  overall: rangeSchema.optional(),
  scores: z.record(z.enum(DIMENSIONS), rangeSchema).optional(),
  /** Probability, at most, of falling below a minimum score. */
  risk: z.number().optional(),
  expectedCostNanoUsd: nanoUsdSchema.optional(),
  latencyP95Ms: z.number().optional(),
  /** First of all those that were asked to answer. */
  isFirstChoice: z.boolean(),
  answered: z.boolean(),
  removal: z.object({ by: removalSchema, detail: z.string().optional() }).optional(),
});
export type ExplainedCandidate = z.infer<typeof explainedCandidateSchema>;

const comparisonSchema = z.object({
  modelId: z.string(),
  expectedCostNanoUsd: nanoUsdSchema,
  overallMean: z.number(),
  risk: z.number(),
});

/** Why one request went where it went, as facts that a page can say in any language. */
export const decisionExplanationSchema = z.object({
  decision: decisionSchema.omit({ candidates: true }),
  /** The model asked first; another may have answered. */
  firstChoice: z.string().optional(),
  /** Those in the running first, the cheapest first; then the removed. */
  candidates: z.array(explainedCandidateSchema),
  bar: z
    .object({
      minScores: minScoresSchema,
      risk: z.number(),
      minShareOfBest: z.number().optional(),
      /** What `minShareOfBest` came to for this request, as an overall score. */
      leastOverall: z.number().optional(),
    })
    .optional(),
  /** Candidates that met the bar, and those that were weighed. */
  counts: z.object({ considered: z.int(), weighed: z.int(), metBar: z.int() }),
  /** The cheapest of those that did not meet the bar and are cheaper than the first choice. */
  cheaperUnsafe: comparisonSchema.optional(),
  /** The next cheapest after the first choice that met the bar as well. */
  nextSafe: comparisonSchema.optional(),
  /** The highest estimate of all that could have served. */
  strongest: comparisonSchema.optional(),
  cost: z.object({
    /** Of the model that answered. */
    expectedNanoUsd: nanoUsdSchema.optional(),
    actualNanoUsd: nanoUsdSchema.optional(),
    /** Actual over expected. */
    ratio: z.number().optional(),
  }),
  latency: z.object({
    totalMs: z.number(),
    overheadMs: z.number(),
    predictMs: z.number().optional(),
    queueMs: z.number().optional(),
    /** Waiting for providers, all attempts together, without the queue. */
    providerMs: z.number(),
    firstTokenMs: z.number().optional(),
  }),
  /** The certificate that the record names. */
  certificate: certificateViewSchema.optional(),
  feedback: z.array(feedbackSchema.omit({ decision_id: true }).extend({ at: z.string() })),
});
export type DecisionExplanation = z.infer<typeof decisionExplanationSchema>;
