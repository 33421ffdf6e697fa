import type { Features } from './features/featurise.ts';
import { clippedLogit, sigmoid } from './mathematics/logistic.ts';
import { at, dot, vectorTimes } from './mathematics/matrix.ts';
import { classProbabilities } from './mathematics/softmax.ts';
import {
  type DomainTable,
  type Encoder,
  EPSILON,
  type RouterParameters,
  SIDE_LIMIT,
  SIDE_SCALE,
} from './parameters.ts';

/** What the graph computes for one request. */
export type ForwardResult = {
  /** Per head, per model. */
  means: Float64Array[];
  spreads: Float64Array[];
  /** Per model. */
  outputTokens: Float64Array;
  /** Per domain, not yet discounted for unfamiliarity. */
  domains: Float64Array;
  /** 1: like the training data, 0: like nothing seen. */
  familiarity: number;
};

/** The router in plain JavaScript: the reference the ONNX graph is checked against, and what training predicts with. */
export function forward(parameters: RouterParameters, phi: Float64Array): ForwardResult {
  const domains = classProbabilities(phi, parameters.classifier);
  const familiarity = familiarityOf(parameters, phi);
  const weights = domains.map((p, d) => familiarity * p + (1 - familiarity) * at(parameters.fallbackDomains, d));
  const means: Float64Array[] = [];
  const spreads: Float64Array[] = [];
  for (const head of parameters.heads) {
    const { slope, intercept, hiddenShare, unfamiliarVariance, varianceScale } = head.calibration;
    const looked = lookUp(head.table, weights);
    const residual = vectorTimes(phi, head.residual);
    const mean = looked.mean.map((base, m) =>
      sigmoid(intercept + slope * (clippedLogit(base) + familiarity * at(residual, m))),
    );
    const hidden = dot(weights, hiddenShare);
    const strange = (1 - familiarity) * unfamiliarVariance;
    const scale = dot(weights, varianceScale);
    means.push(mean);
    spreads.push(mean.map((p, m) => Math.sqrt(scale * (hidden * p * (1 - p) + at(looked.variance, m) + strange))));
  }
  return {
    means,
    spreads,
    outputTokens: forwardTokens(parameters, phi, { weights, familiarity }),
    domains,
    familiarity,
  };
}

function forwardTokens(
  { tokens }: RouterParameters,
  phi: Float64Array,
  { weights, familiarity }: { weights: Float64Array; familiarity: number },
): Float64Array {
  const looked = lookUp(tokens.table, weights);
  const residual = vectorTimes(phi, tokens.residual);
  return looked.mean.map((base, m) => {
    const expected = Math.exp(base + familiarity * at(residual, m)) * at(tokens.smearing, m) - 1;
    return Math.min(Math.max(expected, at(tokens.lowest, m)), at(tokens.highest, m));
  });
}

/** How much a request is like the training data, in [0, 1]. */
export function familiarityOf({ leverage, familiarity }: RouterParameters, phi: Float64Array): number {
  return sigmoid(familiarity.intercept - familiarity.slope * Math.log(leverageOf(phi, leverage)));
}

/** `phi' (Phi'Phi + I)^-1 phi`, given the factor of the inverse. */
export function leverageOf(phi: Float64Array, factor: RouterParameters['leverage']): number {
  const projected = vectorTimes(phi, factor);
  return dot(projected, projected) + EPSILON * EPSILON;
}

/**
 * Mean over domains by their weights (which add up to 1), and the variance of that mean: what is not known of the
 * domains, and not knowing which domain it is. Models are deliberately not weighted by where they were seen: that
 * fits benchmark rows slightly better, but flatters models seen on easy prompts only.
 */
export function lookUp(table: DomainTable, weights: ArrayLike<number>): { mean: Float64Array; variance: Float64Array } {
  const models = table.mean.columns;
  const mean = new Float64Array(models);
  const squares = new Float64Array(models);
  for (let d = 0; d < table.mean.rows; d += 1) {
    const weight = weights[d] ?? 0;
    if (weight < NEGLIGIBLE) continue;
    const offset = d * models;
    for (let m = 0; m < models; m += 1) {
      const value = table.mean.data[offset + m] ?? 0;
      mean[m] = (mean[m] ?? 0) + weight * value;
      squares[m] = (squares[m] ?? 0) + weight * (value * value + (table.variance.data[offset + m] ?? 0));
    }
  }
  return { mean, variance: squares.map((square, m) => Math.max(0, square - at(mean, m) ** 2)) };
}

/** Domain weights below this are skipped; together they move nothing by more than 1e-7. */
const NEGLIGIBLE = 1e-9;

/** The latent vector of a request: a constant, its normalised projection, its side features. */
export function encode(encoder: Encoder, features: Features): Float64Array {
  const { latent } = encoder;
  const phi = new Float64Array(1 + latent + encoder.sideMean.length);
  phi[0] = 1;
  const projection = phi.subarray(1, 1 + latent);
  features.indices.forEach((bucket, n) => {
    const weight = at(features.weights, n) * at(encoder.idf, bucket) * at(encoder.scale, bucket);
    const offset = bucket * latent;
    for (let k = 0; k < latent; k += 1)
      projection[k] = (projection[k] ?? 0) + weight * (encoder.embedding[offset + k] ?? 0);
  });
  const norm = Math.sqrt(dot(projection, projection)) + EPSILON;
  for (let k = 0; k < latent; k += 1) projection[k] = (projection[k] ?? 0) / norm;
  features.side.forEach((value, s) => {
    const standard = (value - at(encoder.sideMean, s)) * at(encoder.sideInverseDeviation, s);
    phi[1 + latent + s] = SIDE_SCALE * Math.min(Math.max(standard, -SIDE_LIMIT), SIDE_LIMIT);
  });
  return phi;
}
