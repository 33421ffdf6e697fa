import { z } from 'zod';
import { DIFFICULTIES } from '../benchmark.ts';
import { DIMENSIONS, DOMAINS, dimensionSchema, TASKS } from '../dimensions.ts';
import { measuredSchema } from '../evaluation.ts';
import { judgeIdentitySchema, rubricSchema } from '../judging.ts';

// What benchmarks, rubrics, raters and judges are made of, for everybody who has to trust a score.

export const CASE_ORIGINS = ['written', 'generated', 'imported', 'production'] as const;
export const BENCHMARK_CHANGES = ['added', 'changed', 'retired'] as const;

/** How many cases there are of each kind; kinds without a case are left out. */
export const caseCountsSchema = z.object({
  cases: z.int(),
  domain: z.record(z.string(), z.int()),
  task: z.record(z.string(), z.int()),
  language: z.record(z.string(), z.int()),
  difficulty: z.record(z.string(), z.int()),
  origin: z.record(z.string(), z.int()),
  withReference: z.int(),
  withChecks: z.int(),
});
export type CaseCounts = z.infer<typeof caseCountsSchema>;

export const listedVersionSchema = z.object({
  version: z.int().positive(),
  hash: z.string().describe('SHA-256 over name, version and the cases by the hash of their content'),
  cases: z.int(),
  changes: z.object({ added: z.int(), changed: z.int(), retired: z.int() }).describe('Against the version before'),
  publishedBy: z.string(),
  publishedAt: z.string(),
  reason: z.string(),
  approval: z
    .object({
      by: z.string(),
      at: z.string(),
      reason: z.string().optional(),
      ownWork: z.boolean().describe('Whoever approved wrote part of it, and said so'),
    })
    .optional()
    .describe('Absent for what ships with the program'),
});
export type ListedVersion = z.infer<typeof listedVersionSchema>;

export const listedBenchmarkSchema = z.object({
  name: z.string(),
  versions: z.array(listedVersionSchema).describe('Newest first; empty while there is only a draft'),
  draft: z
    .object({
      base: z.int().describe('The version it changes; 0 where there is none'),
      status: z.string(),
      edits: z.int(),
      authors: z.array(z.string()),
      updatedAt: z.string(),
    })
    .optional(),
});
export type ListedBenchmark = z.infer<typeof listedBenchmarkSchema>;

export const benchmarkListSchema = z.object({ data: z.array(listedBenchmarkSchema) });
export type BenchmarkList = z.infer<typeof benchmarkListSchema>;

export const versionDetailSchema = listedVersionSchema.extend({ name: z.string(), counts: caseCountsSchema });
export type VersionDetail = z.infer<typeof versionDetailSchema>;

const caseHeadSchema = z.object({
  id: z.string(),
  hash: z.string(),
  domain: z.enum(DOMAINS),
  task: z.enum(TASKS),
  language: z.string(),
  difficulty: z.enum(DIFFICULTIES),
  origin: z.enum(CASE_ORIGINS),
});

export const listedCaseSchema = caseHeadSchema.extend({
  prompt: z.string().describe('The last message, cut short'),
  messages: z.int(),
  hasReference: z.boolean(),
  checks: z.array(z.string()).describe('Kinds'),
});
export type ListedCase = z.infer<typeof listedCaseSchema>;

export const casePageSchema = z.object({ data: z.array(listedCaseSchema), total: z.int() });
export type CasePage = z.infer<typeof casePageSchema>;

export const shownMessageSchema = z.object({ role: z.string(), text: z.string() });
export type ShownMessage = z.infer<typeof shownMessageSchema>;

export const shownCheckSchema = z.object({
  kind: z.string(),
  dimension: dimensionSchema,
  part: z.string().optional(),
  weight: z.number(),
  settings: z.record(z.string(), z.unknown()).describe('What the kind of check asks for'),
});
export type ShownCheck = z.infer<typeof shownCheckSchema>;

/** A case, whole. */
export const shownCaseSchema = caseHeadSchema.extend({
  messages: z.array(shownMessageSchema),
  reference: z.string().optional(),
  checks: z.array(shownCheckSchema),
  weights: z
    .partialRecord(dimensionSchema, z.number())
    .describe('Of each dimension in the overall score: as the case says, else 1'),
  provenance: z.record(z.string(), z.unknown()),
  licence: z.string(),
});
export type ShownCase = z.infer<typeof shownCaseSchema>;

const changeSchema = z.object({
  version: z.int(),
  action: z.enum(BENCHMARK_CHANGES),
  author: z.string(),
  reason: z.string(),
  at: z.string(),
});
export type CaseChange = z.infer<typeof changeSchema>;

export const caseDetailSchema = z.object({
  benchmark: z.string(),
  version: z.int(),
  case: shownCaseSchema,
  history: z.array(changeSchema).describe('Newest first, up to this version'),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;

/** A value inside a case that differs, as text; absent where a side has none. */
export const fieldChangeSchema = z.object({
  path: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
export type ShownFieldChange = z.infer<typeof fieldChangeSchema>;

export const benchmarkDiffSchema = z.object({
  from: z.int(),
  to: z.int(),
  added: z.int(),
  changed: z.int(),
  retired: z.int(),
  unchanged: z.int(),
  data: z
    .array(
      listedCaseSchema.extend({
        action: z.enum(BENCHMARK_CHANGES),
        change: changeSchema.optional().describe('Who did it, and why; absent when `to` is the older version'),
        fields: z.array(fieldChangeSchema).describe('Of a changed case'),
      }),
    )
    .describe('A page: added, changed, then retired'),
});
export type BenchmarkDiff = z.infer<typeof benchmarkDiffSchema>;

/** Every version of every rubric, and how a judge is asked. */
export const rubricsSchema = z.object({
  data: z.array(
    z.object({ rubric: rubricSchema, hash: z.string(), current: z.boolean().describe('Judges use it for new scores') }),
  ),
  prompts: z.array(
    z.object({ name: z.string(), version: z.int(), parts: z.array(z.object({ name: z.string(), text: z.string() })) }),
  ),
});
export type Rubrics = z.infer<typeof rubricsSchema>;

/** How far people agree on one dimension; every figure with its 95 % interval over cases. */
export const dimensionAgreementSchema = z.object({
  dimension: dimensionSchema,
  replies: z.int(),
  cases: z.int(),
  raters: z.int(),
  ratings: z.int(),
  alphaOrdinal: measuredSchema.describe("Krippendorff's, ratings as ranks"),
  alphaInterval: measuredSchema.describe("Krippendorff's, ratings as numbers"),
  weightedKappa: measuredSchema.describe("Cohen's, quadratic weights, mean over pairs of raters"),
  fleissKappa: measuredSchema.optional().describe('Absent where replies have different numbers of ratings'),
  icc: measuredSchema.optional().describe('Of one rating; absent where no reply has two'),
  iccMean: measuredSchema.optional().describe('Of the mean of the ratings that a reply has'),
  ceiling: measuredSchema.optional().describe('sqrt(ICC(k)): no score can follow the raters better'),
  withinModelIcc: measuredSchema.optional().describe('ICC of one rating once the means of models are taken out'),
  shareAtTop: z.number().describe('Share of replies whose mean rating is the best there is'),
  raterBiases: z
    .array(z.object({ rater: z.string(), replies: z.int(), bias: measuredSchema }))
    .describe("Mean distance from the others' mean on the same replies, in steps of the scale; most severe first"),
  warnings: z.array(z.string()),
});
export type DimensionAgreementView = z.infer<typeof dimensionAgreementSchema>;

export const agreementSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('computing') }),
  z.object({
    status: z.literal('ready'),
    current: z.boolean().describe('False while newer ratings are being worked in'),
    replies: z.int(),
    raters: z.int(),
    ratings: z.int(),
    dimensions: z.array(dimensionAgreementSchema),
  }),
]);
export type Agreement = z.infer<typeof agreementSchema>;

/** What cross-validation by case says of one way to map a judge's scores, in steps of people's scale. */
const mappingErrorSchema = z.object({
  method: z.string(),
  rmse: measuredSchema,
  bias: measuredSchema.describe('Predicted less rated'),
  spearman: measuredSchema,
  badTailAuc: measuredSchema.optional().describe('How well bad replies are found'),
});

export const shownCalibrationSchema = z.object({
  dimension: dimensionSchema,
  method: z.string(),
  labels: z.int(),
  cases: z.int(),
  fittedAt: z.string(),
  scale: z.tuple([z.number(), z.number()]).describe("People's, [worst, best]"),
  error: mappingErrorSchema.describe('Held out'),
  tried: z.array(mappingErrorSchema),
  reason: z.string(),
  warnings: z.array(z.string()),
  ceiling: measuredSchema.optional().describe('No score can follow these raters better'),
  map: z
    .array(z.object({ score: z.number(), rating: z.number(), spread: z.number() }))
    .describe(
      'Rating foreseen for a raw score, and how far off it is on held-out cases; empty where it takes more than the score',
    ),
});
export type ShownCalibration = z.infer<typeof shownCalibrationSchema>;

export const DRIFT_FINDINGS = ['steady', 'drift', 'too-few-anchors'] as const;

/** One scoring of pinned replies: whether the judge still scores as it did. */
export const driftNightSchema = z.object({
  anchorSet: z.string(),
  scoredAt: z.string(),
  finding: z.enum(['first', ...DRIFT_FINDINGS]).describe('first: later ones are compared with it'),
  alarm: z.boolean().describe('By the evidence of all scorings together'),
  dimensions: z.array(
    z.object({
      dimension: dimensionSchema,
      finding: z.enum(DRIFT_FINDINGS),
      anchors: z.int(),
      evidence: z.array(z.object({ text: z.string(), p: z.number(), alarm: z.boolean() })),
    }),
  ),
});
export type DriftNight = z.infer<typeof driftNightSchema>;

export const shownJudgeSchema = z.object({
  judge: judgeIdentitySchema,
  emulated: z.boolean().describe('The emulator answered: this says nothing of the real judge'),
  calibrations: z.array(shownCalibrationSchema),
  uncalibrated: z.array(z.enum(DIMENSIONS)),
  drift: z.array(driftNightSchema).describe('Newest first'),
});
export type ShownJudge = z.infer<typeof shownJudgeSchema>;

export const judgeListSchema = z.object({ data: z.array(shownJudgeSchema) });
export type JudgeList = z.infer<typeof judgeListSchema>;
