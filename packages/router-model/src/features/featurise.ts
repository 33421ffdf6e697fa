import type { Prompt } from '../prompt.ts';
import { NgramCounter } from './hash-ngrams.ts';
import { sideFeatures } from './side-features.ts';

/** What the model computes on: sublinear n-gram counts by bucket, and side features. */
export type Features = {
  indices: Int32Array;
  /** `ln(1 + count)` of each bucket in `indices`. */
  weights: Float32Array;
  side: Float32Array;
};

/** System text is the same for many requests, so it says less about this one. */
const SYSTEM_WEIGHT = 0.5;

/** Turns a prompt into features: the one function for training and serving. `buckets` is a power of two. */
export function featurise(prompt: Prompt, buckets: number): Features {
  const counter = new NgramCounter(buckets);
  counter.add(prompt.text, 1);
  counter.add(prompt.system, SYSTEM_WEIGHT);
  const { indices, counts } = counter.finish();
  return { indices, weights: counts.map((count) => Math.log1p(count)), side: sideFeatures(prompt) };
}
