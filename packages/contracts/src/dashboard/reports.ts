import { z } from 'zod';
import { DOMAINS, TASKS } from '../dimensions.ts';
import {
  contestantSchema,
  evaluatedItemSchema,
  evaluationReportSchema,
  evaluationVerdictSchema,
  metricSchema,
  runStatusSchema,
} from '../evaluation.ts';
import { judgeIdentitySchema } from '../judging.ts';
import { nanoUsdSchema } from '../money.ts';
import { shownCaseSchema } from './benchmark.ts';

// Evaluation runs: who was compared with whom, what came of it, case by case.

/** judging: a judge scored replies that people had rated; it compares no models. */
export const RUN_KINDS = ['benchmark', 'judging'] as const;

export const listedRunSchema = z.object({
  id: z.string(),
  kind: z.enum(RUN_KINDS),
  status: runStatusSchema,
  benchmark: z.object({ name: z.string(), version: z.int() }).optional().describe('Absent for judging runs'),
  contestants: z.array(z.object({ model: z.string(), prompt: z.string().optional() })),
  judge: z.string(),
  verdicts: z.array(evaluationVerdictSchema).describe('One for each stored report that compares with a baseline'),
  progress: z.object({ done: z.int(), total: z.int() }),
  spentNanoUsd: nanoUsdSchema.describe('With what was perhaps lost'),
  unknownCosts: z.int().describe('Calls whose cost nobody knows: they are not in the sum'),
  maxCostNanoUsd: nanoUsdSchema.optional(),
  emulated: z.boolean(),
  why: z.string().optional().describe('Why it stopped, was cancelled or failed'),
  labels: z.record(z.string(), z.string()),
  createdAt: z.string(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
});
export type ListedRun = z.infer<typeof listedRunSchema>;

export const runPageSchema = z.object({ data: z.array(listedRunSchema), total: z.int() });
export type RunPage = z.infer<typeof runPageSchema>;

/** A contestant of the run and what it is compared with. */
export const runSideSchema = z.object({
  contestant: z.int().nonnegative().describe('Its place in the run'),
  candidate: contestantSchema,
  baseline: contestantSchema.extend({ runId: z.string(), contestant: z.int() }).optional(),
  report: evaluationReportSchema.optional().describe('Absent while there is none: `pointsman eval report` makes it'),
});
export type RunSide = z.infer<typeof runSideSchema>;

export const runDetailSchema = listedRunSchema.extend({
  judgeIdentity: judgeIdentitySchema,
  sequential: z.boolean(),
  replicate: z.int(),
  minEffect: z.number(),
  alpha: z.number(),
  sides: z.array(runSideSchema),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

export const ITEM_MOVES = ['worse', 'better', 'same', 'unpaired'] as const;
export type ItemMove = (typeof ITEM_MOVES)[number];

export const runItemsQuerySchema = z.object({
  contestant: z.coerce.number().int().min(0).optional().describe('Its place; the first that is compared when absent'),
  metric: metricSchema.default('overall'),
  move: z.enum(ITEM_MOVES).optional().describe('Against the baseline; all when absent'),
  domain: z.enum(DOMAINS).optional(),
  task: z.enum(TASKS).optional(),
  language: z.string().max(40).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RunItemsQuery = z.infer<typeof runItemsQuerySchema>;

/** One case of a run. Scores are the judge's own, or the checks', of this one reply: single observations in [0, 1]. */
export const comparedItemSchema = z.object({
  caseId: z.string(),
  domain: z.enum(DOMAINS),
  task: z.enum(TASKS),
  language: z.string(),
  move: z.enum(ITEM_MOVES),
  candidate: z.number().optional().describe('Absent where there is no score'),
  baseline: z.number().optional(),
  difference: z.number().optional().describe('Candidate less baseline, over the dimensions that both have'),
});
export type ComparedItem = z.infer<typeof comparedItemSchema>;

export const comparedItemsSchema = z.object({
  data: z.array(comparedItemSchema).describe('Those that lost most first'),
  total: z.int(),
  moves: z.object({ worse: z.int(), better: z.int(), same: z.int(), unpaired: z.int() }),
});
export type ComparedItems = z.infer<typeof comparedItemsSchema>;

/** Both replies to one case, side by side. */
export const itemDetailSchema = z.object({
  runId: z.string(),
  contestant: z.int(),
  case: shownCaseSchema.optional().describe('Absent where the case is stored nowhere'),
  candidate: z.object({ contestant: contestantSchema, item: evaluatedItemSchema }),
  baseline: z
    .object({
      contestant: contestantSchema,
      runId: z.string(),
      item: evaluatedItemSchema.optional().describe('Absent where it was not asked this very case'),
    })
    .optional(),
});
export type ItemDetail = z.infer<typeof itemDetailSchema>;
