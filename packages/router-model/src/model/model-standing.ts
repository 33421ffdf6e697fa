import { dimensionSchema } from '@pointsman/contracts';
import { z } from 'zod';
import { catalogPriorSchema } from '../prior/catalog-prior.ts';
import { normalSchema } from './normal.ts';

/** Observations by kind of request: `[kind, count, sum]`, sparse. Counts may be fractional: a request can be of two kinds. */
const kindSumsSchema = z.array(z.tuple([z.int().nonnegative(), z.number().positive(), z.number()]));
export type KindSums = z.infer<typeof kindSumsSchema>;

/** What one model showed in one dimension. */
const scoreStandingSchema = z.object({
  kinds: kindSumsSchema,
  /** Its strength in each skill: positive where it gains on requests that ask for the skill. */
  skills: z.array(z.number()),
  /** Posterior precision of `skills`, row after row: what more answers are weighed against. */
  skillPrecision: z.array(z.number()),
});
export type ScoreStanding = z.infer<typeof scoreStandingSchema>;

/** How long a model's replies are, on the scale of `ln(1 + tokens)`. */
const lengthStandingSchema = z.object({
  level: z.number(),
  kinds: kindSumsSchema,
  lengths: z.array(z.number()),
  /** Mean of `exp(error)`, which turns a mean of logarithms into a mean (Duan 1983). */
  smearing: z.number().positive(),
  lowest: z.number(),
  highest: z.number(),
});
export type LengthStanding = z.infer<typeof lengthStandingSchema>;

/** How a model does in one deployment compared with what its answers let expect, in log odds before calibration. */
const shiftSchema = normalSchema.extend({
  /** What single kinds of request add: `[kind, mean, variance]`, sparse. */
  kinds: z.array(z.tuple([z.int().nonnegative(), z.number(), z.number().nonnegative()])),
});
export type DeploymentShift = z.infer<typeof shiftSchema>;

/** All that is known of one model: a new one is added, and a known one updated, without touching the request model. */
export const modelStandingSchema = z.object({
  name: z.string().min(1),
  /** Prompts with at least one score. */
  rows: z.int().nonnegative(),
  /** Log odds of a full score on a request of average ease, and its posterior variance. */
  ability: z.number(),
  abilityVariance: z.number().nonnegative(),
  /** What was believed of the ability before the answers counted in `scores`; the table's `abilityPrior` when absent. */
  prior: normalSchema.optional(),
  scores: z.partialRecord(dimensionSchema, scoreStandingSchema),
  length: lengthStandingSchema.optional(),
  /** Absent until scored decisions of a deployment were folded in. */
  shift: shiftSchema.optional(),
  /** Near-duplicate groups of the prompts whose answers were folded in after training: see `groupHash`. */
  answered: z.array(z.int().nonnegative()).optional(),
});
export type ModelStanding = z.infer<typeof modelStandingSchema>;

const perKind = z.array(z.number());

/** Corrections of one dimension, found on held-out rows. */
export const calibrationSchema = z.object({
  /** Applied to the log odds of the mean. */
  slope: z.number(),
  intercept: z.number(),
  /** Per kind: which share of `mean * (1 - mean)` is difficulty the router could not see, rather than luck. */
  hiddenShare: perKind,
  /** Variance added to a wholly unfamiliar request. */
  unfamiliarVariance: z.number().nonnegative(),
  /** Per kind: scales the variance, so that intervals cover at their nominal rate out of fold. */
  varianceScale: perKind,
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** What models have in common in one dimension. */
export const scoreHeadSchema = z.object({
  dimension: dimensionSchema,
  /** Per kind, in log odds: added to a model's ability it gives the expected score. */
  ease: perKind,
  /** Mean strengths of the models seen: where a new model starts. */
  typicalSkills: perKind,
  calibration: calibrationSchema,
});
export type ScoreHead = z.infer<typeof scoreHeadSchema>;

/** What reply lengths have in common, on the scale of `ln(1 + tokens)`. */
export const lengthHeadSchema = z.object({
  /** Of an average model on an average kind; per kind what it adds. */
  overall: z.number(),
  byKind: perKind,
  typicalLengths: perKind,
});
export type LengthHead = z.infer<typeof lengthHeadSchema>;

/** The half of the router that knows models: `models.json` of an artefact. */
export const modelTableSchema = z.object({
  heads: z.array(scoreHeadSchema).min(1),
  length: lengthHeadSchema,
  /** Where an unfamiliar request is taken to come from: every source equally. */
  fallbackKinds: perKind,
  /** Distribution of ability over models: what is believed of one more. */
  abilityPrior: z.object({ mean: z.number(), variance: z.number().positive() }),
  /** The same, given what a catalogue says of the model; absent when training was given no catalogue. */
  catalogPrior: catalogPriorSchema.optional(),
  /** By client and model: how one client's requests differ from the deployment's, in log odds before calibration. */
  clients: z.record(z.string(), z.record(z.string(), normalSchema)).optional(),
  models: z.array(modelStandingSchema).min(1),
});
export type ModelTable = z.infer<typeof modelTableSchema>;
