import { z } from 'zod';
import { DIMENSIONS, DOMAINS, dimensionSchema, TASKS } from './dimensions.ts';
import { judgeIdentitySchema, verdictsSchema } from './judging.ts';
import { nanoUsdSchema } from './money.ts';
import { costSchema } from './usage.ts';

/** What became of asking one model one case. */
export const evaluatedReplySchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('answered'),
    text: z.string(),
    cost: costSchema,
    latencyMs: z.number().nonnegative(),
    outputTokens: z.int().nonnegative().optional(),
  }),
  z.object({ status: z.literal('missing'), why: z.string() }),
]);
export type EvaluatedReply = z.infer<typeof evaluatedReplySchema>;

/** How one question to the judge went: whether its reply was usable, and after how many tries. */
export const judgeReplySchema = z.object({
  outcome: z.enum(['success', 'to-review', 'failed', 'refused', 'not-answered']),
  tries: z.int().nonnegative(),
});

/** One case for one candidate of a run: reply and verdicts. */
export const evaluatedItemSchema = z.object({
  caseId: z.string(),
  caseHash: z.string(),
  domain: z.enum(DOMAINS),
  task: z.enum(TASKS),
  language: z.string(),
  /** How much each dimension counts in the case's overall score, as the case says. */
  weights: z.partialRecord(dimensionSchema, z.number().nonnegative()).optional(),
  reply: evaluatedReplySchema,
  verdicts: verdictsSchema,
  /** The questions put to the judge; absent where none was. */
  judgeReplies: z.array(judgeReplySchema).optional(),
});
export type EvaluatedItem = z.infer<typeof evaluatedItemSchema>;

export const runStatusSchema = z.enum(['queued', 'running', 'finished', 'stopped', 'cancelled', 'failed']);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** What is evaluated: a model under a system prompt of its own, or none. */
export const contestantSchema = z.object({
  model: z.string().min(1),
  prompt: z.object({ name: z.string(), text: z.string(), hash: z.string() }).optional(),
});
export type Contestant = z.infer<typeof contestantSchema>;

export const runSpecSchema = z.object({
  benchmark: z.object({ name: z.string(), version: z.int().positive(), hash: z.string() }),
  contestants: z.array(contestantSchema).min(1),
  judge: judgeIdentitySchema,
  maxCostNanoUsd: nanoUsdSchema.optional(),
  /** The most tokens a contestant may write. */
  maxOutputTokens: z.int().positive(),
  /** A run of another replicate asks for fresh replies and verdicts; runs of the same share what was paid for. */
  replicate: z.int().nonnegative().default(0),
  /** Ends as soon as the evidence on the overall score is enough, by a test that may be looked at all the time. */
  sequential: z.boolean().default(false),
  /** Cases stand in the order that tells the router most about its only contestant; ends once that one is known well enough. */
  onboarding: z.boolean().default(false),
  /** What each contestant is compared with, and how; without a baseline run the first contestant is the others' baseline. */
  comparison: z.object({
    baselineRunId: z.string().optional(),
    /** The smallest difference that matters, in scores of 0 to 1. */
    minEffect: z.number().positive().max(1).default(0.02),
    /** The chance of calling a regression what is none, over all metrics. */
    alpha: z.number().gt(0).lt(0.5).default(0.05),
  }),
  /** Free words by which a later run finds its baseline: branch, commit. */
  labels: z.record(z.string(), z.string()).default({}),
});
export type RunSpec = z.infer<typeof runSpecSchema>;

/** A number with its interval, or the statement that too few units stand behind it. */
export const measuredSchema = z.union([
  z.object({ estimate: z.number(), low: z.number(), high: z.number(), confidence: z.number(), n: z.int() }),
  z.object({ tooFew: z.literal(true), n: z.int() }),
]);
export type MeasuredValue = z.infer<typeof measuredSchema>;

export const METRICS = ['overall', ...DIMENSIONS] as const;
export const metricSchema = z.enum(METRICS);
export type Metric = z.infer<typeof metricSchema>;

export const evaluationVerdictSchema = z.enum(['pass', 'regression', 'inconclusive']);
export type EvaluationVerdict = z.infer<typeof evaluationVerdictSchema>;

/** How a mean came about, in order of trust: checks and people's ratings first. */
export const measureBasisSchema = z.enum(['ppi', 'people', 'checks', 'calibrated-judge', 'uncalibrated-judge']);

const sideSchema = z.object({ mean: measuredSchema, scored: z.int(), missing: z.int() });

/** One metric of candidate against baseline; all scores in [0, 1], `difference` is candidate less baseline. */
export const metricComparisonSchema = z.object({
  metric: metricSchema,
  verdict: evaluationVerdictSchema,
  direction: z.enum(['better', 'worse', 'equivalent', 'unclear']),
  candidate: sideSchema,
  baseline: sideSchema.optional(),
  difference: measuredSchema.optional(),
  /** The difference if every missing score had been the worst, or the best, possible for the candidate. */
  bounds: z.object({ low: z.number(), high: z.number() }).optional(),
  /** Of "the candidate is not worse", one-sided; `adjustedP` for the many metrics (Holm). */
  p: z.number().optional(),
  adjustedP: z.number().optional(),
  minEffect: z.number(),
  basis: measureBasisSchema,
  /** People's ratings behind it. */
  annotated: z.int(),
});
export type MetricComparison = z.infer<typeof metricComparisonSchema>;

export const sliceComparisonSchema = z.object({
  by: z.enum(['domain', 'task', 'language', 'difficulty']),
  value: z.string(),
  metrics: z.array(metricComparisonSchema),
});
export type SliceComparison = z.infer<typeof sliceComparisonSchema>;

export const economicsSchema = z.object({
  meanCostNanoUsd: measuredSchema,
  unknownCosts: z.int(),
  latencyP50Ms: measuredSchema,
  latencyP95Ms: measuredSchema,
  meanOutputTokens: measuredSchema,
});
export type Economics = z.infer<typeof economicsSchema>;

const shareSchema = z.object({ count: z.int(), share: measuredSchema });
const outcomesSchema = z.object({ success: shareSchema, toReview: shareSchema, failed: shareSchema });
/** How usable a judge's replies were, had the first one been taken or dropped, and with validation and repair. */
export const judgeValidationSchema = z.object({
  model: z.string(),
  questions: z.int(),
  notAnswered: z.int(),
  refused: z.int(),
  withoutValidation: outcomesSchema,
  withValidation: outcomesSchema,
  triesPerQuestion: measuredSchema,
});
export type JudgeValidation = z.infer<typeof judgeValidationSchema>;

const exampleSideSchema = z.object({ text: z.string(), verdicts: verdictsSchema, overall: z.number().optional() });
export const exampleSchema = z.object({
  caseId: z.string(),
  domain: z.enum(DOMAINS),
  task: z.enum(TASKS),
  language: z.string(),
  prompt: z.string(),
  reference: z.string().optional(),
  candidate: exampleSideSchema,
  baseline: exampleSideSchema.optional(),
});
export type ReportExample = z.infer<typeof exampleSchema>;

/** The report of one candidate, against a baseline where there is one: everything the pages are made from. */
export const evaluationReportSchema = z.object({
  format: z.literal(1),
  runId: z.string(),
  benchmark: z.object({ name: z.string(), version: z.int(), hash: z.string(), cases: z.int() }),
  judge: judgeIdentitySchema,
  candidate: contestantSchema,
  baseline: contestantSchema.extend({ runId: z.string() }).optional(),
  verdict: evaluationVerdictSchema,
  alpha: z.number(),
  metrics: z.array(metricComparisonSchema),
  slices: z.array(sliceComparisonSchema),
  economics: z.object({ candidate: economicsSchema, baseline: economicsSchema.optional() }),
  /** Worst first. */
  examples: z.array(exampleSchema),
  calibration: z.array(
    z.object({ dimension: dimensionSchema, status: z.enum(['calibrated', 'not-calibrated']), detail: z.string() }),
  ),
  /** Absent where the judge was asked nothing. */
  judgeValidation: judgeValidationSchema.optional(),
  /** What this report does not know, in sentences. */
  unknowns: z.array(z.string()),
  /** True when any reply or verdict came from the provider emulator. */
  emulated: z.boolean(),
  spent: z.object({ nanoUsd: nanoUsdSchema, unknownCosts: z.int(), callsInFlightWhenKilled: z.int() }),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
});
export type EvaluationReport = z.infer<typeof evaluationReportSchema>;
