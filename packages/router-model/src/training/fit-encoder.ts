import type { Features } from '../features/featurise.ts';
import { dominantSubspace } from '../mathematics/dominant-subspace.ts';
import { at } from '../mathematics/matrix.ts';
import { sparseFrom } from '../mathematics/sparse.ts';
import type { Encoder } from '../model/request-model.ts';

export type EncoderOptions = { buckets: number; latent: number; random: () => number };

// Four rounds fix the leading directions; the trailing ones need not be exact.
const SUBSPACE_ITERATIONS = 4;
/** Below this a side feature is taken never to vary. */
const LEAST_DEVIATION = 1e-4;

/**
 * Fits the encoder without looking at any score: inverse document frequencies, latent semantic analysis of the hashed
 * n-grams (Deerwester et al. 1990) rounded to int8 by row, and the location and scale of the side features.
 */
export function fitEncoder(features: readonly Features[], options: EncoderOptions): Encoder {
  const { buckets } = options;
  const latent = Math.min(options.latent, features.length);
  const idf = inverseDocumentFrequencies(features, buckets);
  const matrix = sparseFrom(
    features.map((row) => ({ indices: row.indices, values: normalised(row, idf) })),
    buckets,
  );
  const basis = dominantSubspace(matrix, {
    dimensions: latent,
    iterations: SUBSPACE_ITERATIONS,
    random: options.random,
  });
  const { embedding, scale } = quantised(basis.data, buckets, latent);
  return { buckets, idf, embedding, scale, latent, ...sideMoments(features) };
}

function inverseDocumentFrequencies(features: readonly Features[], buckets: number): Float32Array {
  const documents = new Float64Array(buckets);
  for (const { indices } of features) for (const bucket of indices) documents[bucket] = at(documents, bucket) + 1;
  return Float32Array.from(documents, (count) => Math.log((features.length + 1) / (count + 1)));
}

function normalised({ indices, weights }: Features, idf: Float32Array): Float32Array {
  const values = weights.map((weight, n) => weight * at(idf, at(indices, n)));
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return values.map((value) => value / norm);
}

function quantised(basis: Float64Array, buckets: number, latent: number): Pick<Encoder, 'embedding' | 'scale'> {
  const embedding = new Int8Array(buckets * latent);
  const scale = new Float32Array(buckets);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const row = basis.subarray(bucket * latent, (bucket + 1) * latent);
    const largest = row.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    if (largest === 0) continue;
    scale[bucket] = largest / 127;
    row.forEach((value, k) => {
      embedding[bucket * latent + k] = Math.round((value / largest) * 127);
    });
  }
  return { embedding, scale };
}

function sideMoments(features: readonly Features[]): Pick<Encoder, 'sideMean' | 'sideInverseDeviation'> {
  const size = features[0]?.side.length ?? 0;
  const sideMean = new Float32Array(size);
  const sideInverseDeviation = new Float32Array(size);
  for (let s = 0; s < size; s += 1) {
    const values = features.map(({ side }) => at(side, s));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    sideMean[s] = mean;
    const deviation = Math.sqrt(variance);
    sideInverseDeviation[s] = deviation < LEAST_DEVIATION ? 0 : 1 / deviation;
  }
  return { sideMean, sideInverseDeviation };
}
