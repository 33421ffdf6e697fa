import { z } from 'zod';
import { DIMENSIONS, DOMAINS, dimensionSchema, TASKS } from '../dimensions.ts';
import { measuredSchema } from '../evaluation.ts';
import { annotationAnswersSchema, SKIP_REASONS } from './annotation.ts';
import { agreementSchema } from './benchmark.ts';

// The queue as the operator sees it: batches of items, how far they are, and how far raters agree.

export const ANNOTATION_FORMATS = ['csv', 'jsonl', 'argilla', 'label-studio'] as const;
export type AnnotationFormat = (typeof ANNOTATION_FORMATS)[number];
export const annotationFormatSchema = z.enum(ANNOTATION_FORMATS);

/** paused: nobody is given items; closed: nor can anything be submitted; withdrawn: closed, and its ratings count nowhere. */
export const BATCH_STATES = ['open', 'paused', 'closed', 'withdrawn'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

export const BATCH_SOURCES = ['run', 'samples', 'file'] as const;
const mostItemsSchema = z.int().positive().max(20_000);

/** Where a batch's items come from. */
export const batchSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), runId: z.string() }),
  z.strictObject({
    kind: z.literal('samples'),
    clientId: z.string().optional().describe('Samples of every client that opted in when absent'),
  }),
  z.strictObject({ kind: z.literal('file'), format: annotationFormatSchema, content: z.string() }),
]);
export type BatchSource = z.infer<typeof batchSourceSchema>;

export const batchInputSchema = z.strictObject({
  title: z.string().trim().min(1).max(120).describe('Annotators see it: it may name no model'),
  guidelines: z.string().max(20_000).default('').describe('Shown beside every item: it may name no model'),
  source: batchSourceSchema,
  dimensions: z
    .array(dimensionSchema)
    .min(1)
    .default([...DIMENSIONS]),
  targetCeiling: z
    .number()
    .min(0.5)
    .max(0.98)
    .default(0.9)
    .describe("How well a perfect judge could follow the raters' mean: sqrt(ICC(k)). The number of raters follows."),
  mostRaters: z.int().min(1).max(12).default(5).describe('Never more raters for one item, whatever the ceiling asks'),
  mostItems: mostItemsSchema.default(500).describe('Those are taken that shrink the intervals most'),
  goldShare: z.number().min(0).max(0.3).default(0.1).describe('Share of what a rater sees that has a known rating'),
  reservationMinutes: z.int().min(1).max(480).default(30),
  disagreement: z.int().min(1).max(4).default(2).describe('Ratings this far apart go to a third person'),
});
export type BatchInput = z.input<typeof batchInputSchema>;

export const batchPatchSchema = z.strictObject({
  state: z.enum(BATCH_STATES).optional(),
  title: batchInputSchema.shape.title.optional(),
  guidelines: z.string().max(20_000).optional(),
  reservationMinutes: z.int().min(1).max(480).optional(),
});
export type BatchPatch = z.infer<typeof batchPatchSchema>;

const intervalSchema = z.object({ low: z.number(), high: z.number() });

/** How many raters a ceiling takes on one dimension, and on what this rests. */
export const raterPlanSchema = z.object({
  dimension: dimensionSchema,
  raters: z.int().positive(),
  icc: z.number().describe('Of one rating'),
  iccInterval: intervalSchema.optional().describe('95 %; absent where it is only supposed'),
  basis: z
    .enum(['agreement', 'default'])
    .describe('agreement: measured on what people rated; default: too few ratings'),
  ceilingInterval: intervalSchema.optional(),
  expectedCeiling: z.number().describe('Lower than the one wanted where mostRaters is reached first'),
});
export type RaterPlan = z.infer<typeof raterPlanSchema>;

export const raterPlansSchema = z.object({ data: z.array(raterPlanSchema) });
export type RaterPlans = z.infer<typeof raterPlansSchema>;

const countsSchema = z.object({
  items: z.int().describe('Without gold items'),
  gold: z.int(),
  rated: z.int().describe('Items with every rating that is wanted'),
  ratingsWanted: z.int().describe('Submissions that all items together want'),
  ratings: z.int().describe('Submissions so far, without those of gold items'),
  held: z.int().describe('Reserved now'),
  disputed: z.int().describe('Waiting for a third person'),
  adjudicated: z.int(),
  skips: z.partialRecord(z.enum(SKIP_REASONS), z.int()),
});

export const batchSchema = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(BATCH_STATES),
  source: z.object({ kind: z.enum(BATCH_SOURCES), runId: z.string().optional(), clientId: z.string().optional() }),
  dimensions: z.array(dimensionSchema),
  raters: z.array(raterPlanSchema),
  targetCeiling: z.number(),
  goldShare: z.number(),
  reservationMinutes: z.int(),
  disagreement: z.int(),
  createdAt: z.string(),
  createdBy: z.string(),
  counts: countsSchema,
});
export type Batch = z.infer<typeof batchSchema>;

export const batchPageSchema = z.object({ data: z.array(batchSchema), total: z.int() });
export type BatchPage = z.infer<typeof batchPageSchema>;

/** What one rater of a batch did. */
export const batchRaterSchema = z.object({
  rater: z.string(),
  name: z.string().describe('As others know this person; the id where nobody does'),
  done: z.int(),
  skipped: z.int(),
  cannotRate: z.int().describe('Answers, over all dimensions'),
  medianMs: z.number().optional(),
  pacePerHour: z.number().optional(),
  lastAt: z.string().optional(),
  biases: z
    .array(z.object({ dimension: dimensionSchema, bias: measuredSchema }))
    .describe("Mean distance from the other raters' mean on the same replies, in steps; empty while it is worked out"),
  gold: z.object({
    answers: z.int(),
    exact: measuredSchema.describe('Share equal to the known rating'),
    withinOne: measuredSchema.describe('Share at most one step off'),
    meanError: measuredSchema.describe('Mean of rating less known rating, in steps'),
  }),
});
export type BatchRater = z.infer<typeof batchRaterSchema>;

export const batchDetailSchema = batchSchema.extend({
  guidelines: z.string(),
  agreement: agreementSchema.describe('Of its raters, gold items left out; worked out anew as they rate'),
  raterFigures: z.array(batchRaterSchema),
});
export type BatchDetail = z.infer<typeof batchDetailSchema>;

/** An item with who wrote it and what was said of it: for operators. */
export const batchItemSchema = z.object({
  id: z.string(),
  caseId: z.string(),
  model: z.string(),
  gold: annotationAnswersSchema.optional().describe('The known ratings of a gold item'),
  prompt: z.string().describe('The last message, cut short'),
  reply: z.string().describe('Cut short'),
  domain: z.enum(DOMAINS).optional(),
  task: z.enum(TASKS).optional(),
  ratings: z.array(
    z.object({ rater: z.string(), name: z.string(), answers: annotationAnswersSchema, comment: z.string().optional() }),
  ),
  disputed: z.array(dimensionSchema).describe('Not decided yet'),
  decided: annotationAnswersSchema.describe('By a third person'),
});
export type BatchItem = z.infer<typeof batchItemSchema>;
export const batchItemsSchema = z.object({ data: z.array(batchItemSchema), total: z.int() });
export type BatchItems = z.infer<typeof batchItemsSchema>;

export const ratingsImportSchema = z.strictObject({ format: annotationFormatSchema, content: z.string() });
export type RatingsImport = z.infer<typeof ratingsImportSchema>;
export const importedSchema = z.object({
  ratings: z.int().describe('Ratings of one dimension that were taken in'),
  unrated: z.int().describe('Rows without a rating'),
  bad: z.array(z.object({ place: z.string(), reason: z.string() })).describe('Rows that were left out'),
});
export type Imported = z.infer<typeof importedSchema>;
