import type { Features } from '../features/featurise.ts';
import { sigmoid } from '../mathematics/logistic.ts';
import { at, dot, type Matrix, vectorTimes } from '../mathematics/matrix.ts';
import { softmax } from '../mathematics/softmax.ts';
import {
  type ClassHead,
  type Encoder,
  EPSILON,
  type RequestModel,
  SIDE_LIMIT,
  SIDE_SCALE,
  type TextHeads,
} from './request-model.ts';

/** What the router sees in one request, before any model is considered. */
export type RequestReading = {
  /** Per kind, adding up to 1, not yet discounted for unfamiliarity. */
  kinds: Float64Array;
  /** 1: like the training data, 0: like nothing seen. */
  familiarity: number;
  skills: Float64Array;
  lengths: Float64Array;
  /** Per business domain and task, `unknown` last. */
  domains: Float64Array;
  tasks: Float64Array;
};

/** A request as numbers: its n-grams, unit length, and its latent vector. */
export type EncodedRequest = { ngrams: { indices: Int32Array; values: Float32Array }; phi: Float64Array };

/** Reads a request in plain JavaScript: the reference the ONNX graph is checked against, and what training predicts with. */
export function readRequest(
  model: RequestModel,
  request: EncodedRequest,
  embedding?: ArrayLike<number>,
): RequestReading {
  const { phi } = request;
  const bare = { kindLogits: classLogits(request, model.kindHead), skills: vectorTimes(phi, model.skills) };
  const { kinds, skills } =
    model.text === undefined || embedding === undefined
      ? { kinds: softmax(bare.kindLogits), skills: bare.skills }
      : blendText(model.text, embedding, bare);
  return {
    kinds,
    familiarity: familiarityOf(model, phi),
    skills,
    lengths: vectorTimes(phi, model.lengths),
    domains: softmax(classLogits(request, model.domainHead)),
    tasks: softmax(classLogits(request, model.taskHead)),
  };
}

/** Kinds and skills when the n-grams' opinion is mixed with the embedding's. */
export function blendText(
  text: TextHeads,
  embedding: ArrayLike<number>,
  bare: { kindLogits: Float64Array; skills: Float64Array },
): Pick<RequestReading, 'kinds' | 'skills'> {
  const own = softmax(Float64Array.from(bare.kindLogits));
  const other = softmax(affine(embedding, text.kinds));
  const textSkills = affine(embedding, text.skills);
  const mix = (share: number, a: number, b: number): number => (1 - share) * a + share * b;
  return {
    kinds: softmax(own.map((p, k) => mix(text.kindShare, safeLog(p), safeLog(at(other, k))))),
    skills: bare.skills.map((value, k) => mix(text.skillShare, value, at(textSkills, k))),
  };
}

/** Keeps the logarithm of a probability that underflowed finite; the graph does likewise. */
export const LEAST_KIND_PROBABILITY = 1e-9;
const safeLog = (probability: number): number => Math.log(Math.max(probability, LEAST_KIND_PROBABILITY));

/** `[1, vector] * weights`. */
export function affine(vector: ArrayLike<number>, weights: Matrix): Float64Array {
  const result = Float64Array.from(weights.data.subarray(0, weights.columns));
  for (let row = 1; row < weights.rows; row += 1) {
    const factor = at(vector, row - 1);
    const offset = row * weights.columns;
    for (let c = 0; c < result.length; c += 1) result[c] = (result[c] ?? 0) + factor * (weights.data[offset + c] ?? 0);
  }
  return result;
}

/** Unnormalised log probabilities of the classes. */
export function classLogits({ ngrams, phi }: EncodedRequest, head: ClassHead): Float64Array {
  const logits = vectorTimes(phi, head.dense);
  const { classes } = head;
  if (head.ngrams.length === 0) return logits;
  ngrams.indices.forEach((bucket, n) => {
    const weight = at(ngrams.values, n) * at(head.scale, bucket);
    const offset = bucket * classes;
    for (let c = 0; c < classes; c += 1) logits[c] = (logits[c] ?? 0) + weight * (head.ngrams[offset + c] ?? 0);
  });
  return logits;
}

/** How much a request is like the training data, in [0, 1]. */
export function familiarityOf(
  { leverage, familiarity }: Pick<RequestModel, 'leverage' | 'familiarity'>,
  phi: Float64Array,
): number {
  return sigmoid(familiarity.intercept - familiarity.slope * Math.log(leverageOf(phi, leverage)));
}

/** `phi' (Phi'Phi + I)^-1 phi`, given the factor of the inverse. */
export function leverageOf(phi: Float64Array, factor: Matrix): number {
  const projected = vectorTimes(phi, factor);
  return dot(projected, projected) + EPSILON * EPSILON;
}

/** Kinds as estimates weigh them: the less familiar a request, the more it may be anything. */
export function kindWeights(
  reading: Pick<RequestReading, 'kinds' | 'familiarity'>,
  fallback: readonly number[],
): Float64Array {
  const { kinds, familiarity } = reading;
  return Float64Array.from(kinds, (p, k) => familiarity * p + (1 - familiarity) * at(fallback, k));
}

/**
 * A request as numbers. `ngrams` are weighted by inverse document frequency and scaled to unit length; `phi` holds a
 * constant, the normalised projection of the n-grams, the side features.
 */
export function encodeRequest(encoder: Encoder, features: Features): EncodedRequest {
  const { latent } = encoder;
  const phi = new Float64Array(1 + latent + encoder.sideMean.length);
  phi[0] = 1;
  const values = features.weights.map((weight, n) => weight * at(encoder.idf, at(features.indices, n)));
  const projection = phi.subarray(1, 1 + latent);
  features.indices.forEach((bucket, n) => {
    const weight = at(values, n) * at(encoder.scale, bucket);
    const offset = bucket * latent;
    for (let k = 0; k < latent; k += 1)
      projection[k] = (projection[k] ?? 0) + weight * (encoder.embedding[offset + k] ?? 0);
  });
  scaleToUnit(projection);
  scaleToUnit(values);
  features.side.forEach((value, s) => {
    const standard = (value - at(encoder.sideMean, s)) * at(encoder.sideInverseDeviation, s);
    phi[1 + latent + s] = SIDE_SCALE * Math.min(Math.max(standard, -SIDE_LIMIT), SIDE_LIMIT);
  });
  return { ngrams: { indices: features.indices, values }, phi };
}

function scaleToUnit(vector: Float64Array | Float32Array): void {
  const norm = Math.sqrt(dot(vector, vector)) + EPSILON;
  for (let k = 0; k < vector.length; k += 1) vector[k] = (vector[k] ?? 0) / norm;
}
