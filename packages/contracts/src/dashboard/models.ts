import { z } from 'zod';
import { estimateBasisSchema } from '../estimates.ts';
import { figureSchema } from './overview.ts';

/**
 * Where the numbers of a model come from. `router`: what the router expects on reference prompts, without any traffic;
 * `traffic`: what was paid and expected in the client's own requests; `benchmark`: finished evaluation runs.
 */
export const SCORE_SOURCES = ['router', 'traffic', 'benchmark'] as const;
export const scoreSourceSchema = z.enum(SCORE_SOURCES);
export type ScoreSource = z.infer<typeof scoreSourceSchema>;

/** What an estimate stands on; `measured`: replies were judged or checked. */
export const standingSchema = z.enum([...estimateBasisSchema.options, 'measured']);
export type Standing = z.infer<typeof standingSchema>;

const facts = {
  /** Catalogue id. */
  model: z.string(),
  name: z.string(),
  provider: z.string(),
  /** Prices of today, in micro-USD per million tokens; absent when none holds, or the model has left the catalogue. */
  price: z.object({ inputMicroUsdPerMtok: z.number(), outputMicroUsdPerMtok: z.number() }).optional(),
  /** Whether the client's policy lets its requests go there; absent when no client is looked at. */
  allowed: z.boolean().optional(),
};

/** One version of a benchmark under one judge: only scores of the same series compare. */
export const benchmarkSeriesSchema = z.object({
  id: z.string(),
  benchmark: z.string(),
  version: z.number(),
  /** Catalogue id of the judge model. */
  judge: z.string(),
  emulated: z.boolean(),
  newestRunAt: z.string(),
});
export type BenchmarkSeries = z.infer<typeof benchmarkSeriesSchema>;

/** The request whose cost the router's view shows: input as the client's traffic has on average, or as stated. */
const referenceRequestSchema = z.object({
  inputTokens: z.number(),
  basis: z.enum(['traffic', 'stated']),
  /** Requests that the average stands on. */
  requests: z.number(),
});

/** What every answer about models says of where its numbers come from. */
const origin = {
  source: scoreSourceSchema,
  /** UTC days, `YYYY-MM-DD`: `from` included, `to` not; the traffic looked at. */
  from: z.iso.date(),
  to: z.iso.date(),
  /** With source `router`: the artefact, and on how many reference prompts of the domain and task its estimates are means. */
  router: z.object({ version: z.string(), prompts: z.number() }).optional(),
  /** With source `benchmark`: those there are, the newest first; `chosen` is the id of the one shown. */
  benchmark: z.object({ chosen: z.string().optional(), series: z.array(benchmarkSeriesSchema) }).optional(),
};

export const planePointSchema = z.object({
  ...facts,
  /**
   * Mean cost of a request. `traffic`: of all it was sent whose cost is known, cached replies left out; `router`: of the
   * reference request, with the reply as long as the router expects; `benchmark`: of a case.
   */
  costNanoUsd: z.number().optional(),
  costEstimated: z.boolean(),
  /** Overall score. `count`: requests, cases, or with source `router` the scored answers of this model it learned from. */
  quality: figureSchema,
  /** Requests of this model, with source `traffic`. */
  requests: z.number().optional(),
  standing: standingSchema,
  /** No other point costs no more and is no worse, one of them strictly. Only of points with cost, quality and interval. */
  onFront: z.boolean(),
  /** The evaluation run, with source `benchmark`. */
  runId: z.string().optional(),
});
export type PlanePoint = z.infer<typeof planePointSchema>;

export const modelPlaneSchema = z.object({
  ...origin,
  reference: referenceRequestSchema.optional(),
  /** Models of which cost or quality is known, by id. */
  points: z.array(planePointSchema),
  /** Models that the gateway serves and this source knows nothing of. */
  unmeasured: z.number(),
  /** What the client's requests got in the period, all its models together; absent without a request or with source `benchmark`. */
  mix: z.object({ costNanoUsd: z.number().optional(), quality: figureSchema, requests: z.number() }).optional(),
  /** The policy behind `auto` of the client, and the lowest overall score it accepts. */
  policy: z.object({ name: z.string(), minOverall: z.number().optional() }).optional(),
});
export type ModelPlane = z.infer<typeof modelPlaneSchema>;

export const BOARD_AXES = ['dimension', 'domain', 'task'] as const;
export const boardAxisSchema = z.enum(BOARD_AXES);
export type BoardAxis = z.infer<typeof boardAxisSchema>;

/** A score in [0, 1]. `count` as in the plane. */
export const boardCellSchema = figureSchema.extend({ standing: standingSchema });
export type BoardCell = z.infer<typeof boardCellSchema>;

export const boardRowSchema = z.object({
  ...facts,
  status: z.enum(['active', 'preview', 'deprecated']),
  contextTokens: z.number(),
  regions: z.array(z.string()),
  /** 95th percentile of the last replies on this node, in milliseconds; absent while there are too few. */
  latencyP95Ms: z.number().optional(),
  /** Circuit breakers are closed. */
  healthy: z.boolean(),
  /** What the router's estimates of this model stand on, whatever the source. */
  standing: standingSchema,
  /** By column; a column that is absent was not measured. `all` is the one over every column. */
  cells: z.record(z.string(), boardCellSchema),
});
export type BoardRow = z.infer<typeof boardRowSchema>;

export const modelBoardSchema = z.object({
  ...origin,
  by: boardAxisSchema,
  /** `all`, then dimensions, domains or tasks. */
  columns: z.array(z.string()),
  rows: z.array(boardRowSchema),
  /** Rows that the filters let through. */
  total: z.number(),
  /** Providers of all rows. */
  providers: z.array(z.string()),
});
export type ModelBoard = z.infer<typeof modelBoardSchema>;
