import { z } from 'zod';
import { DIMENSIONS, dimensionSchema } from './dimensions.ts';

/** What one dimension means and the answers a judge, or a person, chooses from: versioned data. */
export const rubricSchema = z.strictObject({
  dimension: dimensionSchema,
  version: z.int().positive(),
  title: z.string().min(1),
  /** What is asked of the rater, in one sentence. */
  question: z.string().min(1),
  /** What to look at, what to leave aside. */
  guidance: z.array(z.string().min(1)),
  /** `when-present`: the reference is shown where the case has one; `required`: without one the dimension is unscored. */
  reference: z.enum(['never', 'when-present', 'required']),
  /** Best first, at least two; `score` in [0, 1], strictly falling. `rating` is the step on people's scale, 5 to 1. */
  choices: z
    .array(
      z.strictObject({
        letter: z.string().regex(/^[A-Z]$/),
        rating: z.int(),
        score: z.number().min(0).max(1),
        meaning: z.string().min(1),
      }),
    )
    .min(2)
    .refine(
      (choices) => choices.every((choice, index) => index === 0 || choice.score < (choices[index - 1]?.score ?? 0)),
      'the choices stand best first: each score below the one before',
    )
    .refine(
      (choices) => new Set(choices.map(({ letter }) => letter)).size === choices.length,
      'each choice has a letter of its own',
    ),
});
export type Rubric = z.infer<typeof rubricSchema>;

/** Why a dimension has no score: the closed list. Never a 0. */
export const UNSCORED_WHYS = [
  /** The judge's replies stayed invalid after every repair. */
  'invalid-verdict',
  /** The judge refused to judge. */
  'judge-refused',
  /** The judge could not be called. */
  'judge-failed',
  /** The rubric needs a reference and the case has none. */
  'no-reference',
  /** There is no reply to judge: the model's call failed. */
  'no-reply',
  /** A check could not run: no interpreter, or the sandbox failed. */
  'check-could-not-run',
  /** The run's cost ceiling was reached first. */
  'cost-ceiling',
  /** The run was cancelled first. */
  'cancelled',
  /** This dimension counts for nothing in this case. */
  'not-asked',
] as const;
export type UnscoredWhy = (typeof UNSCORED_WHYS)[number];

/** One dimension of one reply. A score is raw, on the rubric's own scale of 0 to 1: calibration comes after. */
export const verdictSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('scored'),
    score: z.number().min(0).max(1),
    /** One score for each sample of the judge, or the outcome of each check. */
    samples: z.array(z.number().min(0).max(1)).min(1),
    scorer: z.enum(['judge', 'checks']),
    /** Of the first sample, or of the first check that failed. */
    explanation: z.string(),
  }),
  z.object({ status: z.literal('unscored'), why: z.enum(UNSCORED_WHYS), detail: z.string() }),
]);
export type Verdict = z.infer<typeof verdictSchema>;

export const verdictsSchema = z.record(z.enum(DIMENSIONS), verdictSchema);
export type Verdicts = z.infer<typeof verdictsSchema>;

/** Everything a judge's scores depend on. Two scores compare only when this is equal; `hash` says so at a glance. */
export const judgeIdentitySchema = z.object({
  /** Catalogue id of the judge model. */
  model: z.string().min(1),
  /** SHA-256, hex, of the prompt template. */
  promptHash: z.string(),
  /** By dimension: version and SHA-256 of the rubric. */
  rubrics: z.partialRecord(dimensionSchema, z.object({ version: z.int().positive(), hash: z.string() })),
  samples: z.int().positive(),
  temperature: z.number().nonnegative(),
  hash: z.string(),
});
export type JudgeIdentity = z.infer<typeof judgeIdentitySchema>;

/** People's ratings of one reply on one dimension, on the rubric's scale of `rating`s. */
export const annotationSchema = z.strictObject({
  caseId: z.string().min(1),
  /** Who wrote the reply; raters never saw it. */
  model: z.string().min(1),
  /** SHA-256, hex, of the reply's text: an annotation is of a text, not of a model. */
  replyHash: z.string().optional(),
  dimension: dimensionSchema,
  ratings: z.array(z.object({ rater: z.string().min(1), rating: z.number() })).min(1),
  scale: z.tuple([z.number(), z.number()]),
  /** What an adjudicator decided, where raters disagreed. */
  adjudicated: z.number().optional(),
});
export type Annotation = z.infer<typeof annotationSchema>;
