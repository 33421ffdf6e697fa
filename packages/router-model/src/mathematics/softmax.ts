import { type Matrix, vectorTimes } from './matrix.ts';

/** Probabilities from unnormalised log probabilities, in place; any size of logit is safe. */
export function softmax<T extends Float64Array | Float32Array>(logits: T): T {
  let highest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < logits.length; c += 1) highest = Math.max(highest, logits[c] ?? 0);
  let sum = 0;
  for (let c = 0; c < logits.length; c += 1) {
    const value = Math.exp((logits[c] ?? 0) - highest);
    logits[c] = value;
    sum += value;
  }
  for (let c = 0; c < logits.length; c += 1) logits[c] = (logits[c] ?? 0) / sum;
  return logits;
}

/** Probabilities of each class for one row of features. */
export function classProbabilities(features: ArrayLike<number>, weights: Matrix): Float64Array {
  return softmax(vectorTimes(features, weights));
}
