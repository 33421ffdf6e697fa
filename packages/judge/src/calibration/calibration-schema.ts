import { measuredSchema } from '@pointsman/contracts';
import { z } from 'zod';

/** The ways to map a judge's scores to people's scale, simplest first. */
export const CALIBRATION_METHODS = [
  /** The raw judge, its scale stretched to people's. */
  'identity',
  /** The plain mean of people's ratings: the judge is not listened to. */
  'constant',
  /** Cumulative logit on the judge's score (McCullagh 1980). */
  'ordinal',
  /** Non-decreasing least squares on the judge's score. */
  'isotonic',
  /** Ridge regression on the score and all inputs. */
  'stacked',
  /** Cumulative logit with a ridge on the score and all inputs. */
  'stacked-ordinal',
] as const;
export const calibrationMethodSchema = z.enum(CALIBRATION_METHODS);
export type CalibrationMethod = z.infer<typeof calibrationMethodSchema>;

const rangeSchema = z.tuple([z.number(), z.number()]);

export const calibrationIdentitySchema = z.strictObject({
  /** What tells this judge from any other: `JudgeIdentity.hash`, which covers model, prompt and rubrics. */
  judge: z.string().min(1),
  dimension: z.string().min(1),
  /** Ends of the judge's scale and of people's: [worst, best]. */
  rawScale: rangeSchema,
  scale: rangeSchema,
  /** For each further input what tells it from any other: the hash of that judge, the version of that feature. */
  inputs: z.record(z.string(), z.string()).default({}),
});
/** Everything a calibration is bound to. */
export type CalibrationIdentity = z.infer<typeof calibrationIdentitySchema>;

const columnSchema = z.strictObject({
  /** `score`, or the name of an input. */
  input: z.string(),
  mean: z.number(),
  sd: z.number().positive(),
  /** Whether it was missing from some labels: then an indicator of that follows it. */
  canBeMissing: z.boolean(),
});
/** One standardised input of a regression. */
export type Column = z.infer<typeof columnSchema>;

const columnsSchema = z.array(columnSchema);
const pointSchema = z.strictObject({ x: z.number(), y: z.number() });
const oddsShape = {
  columns: columnsSchema,
  /** The ratings people gave, ascending. */
  levels: z.array(z.number()).min(2),
  /** One fewer than levels, ascending, in log odds. */
  thresholds: z.array(z.number()).min(1),
  slopes: z.array(z.number()),
};

export const calibrationModelSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('identity') }),
  z.strictObject({ method: z.literal('constant'), value: z.number() }),
  z.strictObject({ method: z.literal('isotonic'), points: z.array(pointSchema).min(1) }),
  z.strictObject({ method: z.literal('ordinal'), ...oddsShape }),
  z.strictObject({
    method: z.literal('stacked'),
    columns: columnsSchema,
    intercept: z.number(),
    slopes: z.array(z.number()),
    penalty: z.number(),
  }),
  z.strictObject({ method: z.literal('stacked-ordinal'), ...oddsShape, penalty: z.number() }),
]);
/** The fitted map: plain numbers. */
export type CalibrationModel = z.infer<typeof calibrationModelSchema>;

/** What cross-validation by group says of one method; on people's scale. */
export const heldOutErrorSchema = z.object({
  method: calibrationMethodSchema,
  rmse: measuredSchema,
  /** Predicted less rated. */
  bias: measuredSchema,
  /** Within folds: each fold's own map breaks ties its own way, so ranks of pooled predictions mean nothing. */
  spearman: measuredSchema,
  /** Where most labels stand at the top: how well the bad replies are found, as area under the ROC curve within folds. */
  badTailAuc: measuredSchema.optional(),
  /** Mean squared error less that of the best method, with its standard error over groups. */
  excessLoss: z.object({ mean: z.number(), standardError: z.number() }),
});
export type HeldOutError = z.infer<typeof heldOutErrorSchema>;

export const reliabilitySchema = z.object({
  /** Of one rating, and of the mean of the ratings a reply has; ICC(1) and ICC(k). */
  icc: measuredSchema,
  iccMean: measuredSchema,
  /** sqrt(ICC(k)): no score can correlate better than this with the mean of these ratings. */
  ceiling: measuredSchema,
});
export type Reliability = z.infer<typeof reliabilitySchema>;

export const calibrationSchema = z.strictObject({
  version: z.literal(1),
  identity: calibrationIdentitySchema,
  /** SHA-256, hex, of the identity. */
  boundTo: z.string(),
  model: calibrationModelSchema,
  labels: z.int().positive(),
  groups: z.int().positive(),
  /** Of the method chosen. */
  error: heldOutErrorSchema,
  /** Of all that were tried, simplest first. */
  tried: z.array(heldOutErrorSchema),
  /** Why this method, in words. */
  reason: z.string(),
  warnings: z.array(z.string()),
  /** What was seen in fitting: a score beyond it is flagged. */
  range: z.strictObject({ score: rangeSchema, inputs: z.record(z.string(), rangeSchema) }),
  /** Absent where no reply has two ratings. */
  reliability: reliabilitySchema.optional(),
  /** Root mean square of held-out rating less prediction, for predictions up to `upTo`; ascending, the last for all beyond. */
  spread: z.array(z.strictObject({ upTo: z.number(), rms: z.number(), labels: z.int() })).min(1),
  fittedAt: z.iso.datetime(),
});
/** A fitted map from one judge's scores to people's scale on one dimension, with what is known of its error. */
export type Calibration = z.infer<typeof calibrationSchema>;
