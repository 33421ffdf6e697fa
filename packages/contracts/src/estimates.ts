import { z } from 'zod';
import { DIMENSIONS, type Dimension } from './dimensions.ts';

const unit = z.number().min(0).max(1);

/** A predicted score: its mean in [0, 1] and the standard deviation of what is not known about it. */
export const scoreEstimateSchema = z.object({ mean: unit, spread: z.number().min(0) });
export type ScoreEstimate = z.infer<typeof scoreEstimateSchema>;

export const dimensionScoresSchema = z.record(z.enum(DIMENSIONS), scoreEstimateSchema);
export type DimensionScores = Record<Dimension, ScoreEstimate>;

/**
 * Where an estimate comes from. `learned`: the router model on this request; `kind-average`: the model's average on this
 * kind of request; `benchmark-average`: its average over the benchmark, blind to the request; `prior`: nobody has evaluated this model, the spread says so.
 */
export const estimateBasisSchema = z.enum(['learned', 'kind-average', 'benchmark-average', 'prior']);
export type EstimateBasis = z.infer<typeof estimateBasisSchema>;

/** What the router model says of one model for one request. */
export type ModelEstimate = {
  scores: DimensionScores;
  /** Expected length of the reply in tokens. */
  outputTokens: number;
  basis: EstimateBasis;
};
