import type { Dimension } from '@pointsman/contracts';
import type { Matrix } from './mathematics/matrix.ts';

/** Turns features into the latent vector `phi` everything else is computed from. */
export type Encoder = {
  buckets: number;
  /** Inverse document frequency of each bucket. */
  idf: Float32Array;
  /** `buckets` x `latent`, int8; row `b` times `scale[b]` is the projection of bucket `b`. */
  embedding: Int8Array;
  scale: Float32Array;
  latent: number;
  sideMean: Float32Array;
  /** One over the standard deviation; 0 for a feature that never varied in training, which says nothing. */
  sideInverseDeviation: Float32Array;
};

/**
 * What is expected of each model in each domain (domains x models). Where little was seen, `mean` leans on the model's
 * ability and the domain's difficulty and `variance` is high.
 */
export type DomainTable = { mean: Matrix; variance: Matrix };

/** Predicts one dimension of quality for every model. */
export type DimensionHead = {
  dimension: Dimension;
  table: DomainTable;
  /** phi x models, added on the scale of log odds. */
  residual: Matrix;
  calibration: Calibration;
};

export type Calibration = {
  /** Applied to the log odds of the mean. */
  slope: number;
  intercept: number;
  /** Per domain: which share of `mean * (1 - mean)` is difficulty the router could not see, rather than luck. */
  hiddenShare: Float64Array;
  /** Variance added to a wholly unfamiliar request. */
  unfamiliarVariance: number;
  /** Per domain: scales the variance, so that intervals cover at their nominal rate out of fold. */
  varianceScale: Float64Array;
};

/** Predicts output tokens, on the scale of `ln(1 + tokens)`, for every model. */
export type TokenHead = {
  table: DomainTable;
  residual: Matrix;
  /** Per model: the mean of `exp(error)`, which turns a mean of logarithms into a mean (Duan 1983). */
  smearing: Float64Array;
  lowest: Float64Array;
  highest: Float64Array;
};

/** Everything the ONNX graph holds. */
export type RouterParameters = {
  models: string[];
  domains: string[];
  encoder: Encoder;
  /** phi x domains. */
  classifier: Matrix;
  /** Where an unfamiliar request is taken to come from: every source equally. */
  fallbackDomains: Float64Array;
  /** phi x phi: the squared length of `phi * leverage` tells how far a request lies from the training data. */
  leverage: Matrix;
  /** familiarity = sigmoid(intercept - slope * ln(leverage)). */
  familiarity: { intercept: number; slope: number };
  heads: DimensionHead[];
  tokens: TokenHead;
};

/** Side features enter phi at this scale, set so that one ridge penalty suits both parts. */
export const SIDE_SCALE = 0.15;
/** Standardised side features are clipped here: a strange request must not extrapolate. */
export const SIDE_LIMIT = 4;
/** Guards divisions by the norm of an empty prompt. */
export const EPSILON = 1e-6;
