import type { Matrix } from './matrix.ts';

/** Probabilities of each class for one row of features. */
export function classProbabilities(features: ArrayLike<number>, weights: Matrix): Float64Array {
  const logits = new Float64Array(weights.columns);
  for (let k = 0; k < weights.rows; k += 1) {
    const value = features[k] ?? 0;
    if (value === 0) continue;
    const offset = k * weights.columns;
    for (let c = 0; c < logits.length; c += 1) logits[c] = (logits[c] ?? 0) + value * (weights.data[offset + c] ?? 0);
  }
  const highest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let c = 0; c < logits.length; c += 1) {
    const value = Math.exp((logits[c] ?? 0) - highest);
    logits[c] = value;
    sum += value;
  }
  for (let c = 0; c < logits.length; c += 1) logits[c] = (logits[c] ?? 0) / sum;
  return logits;
}
