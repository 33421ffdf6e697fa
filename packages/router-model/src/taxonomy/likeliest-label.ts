import { UNKNOWN } from './labels.ts';

/** Below this a label is a guess, not a finding. */
const LEAST_PROBABILITY = 0.5;

/** The likeliest label, or `unknown` when none is likelier than not. */
export function likeliestLabel(probabilities: ArrayLike<number>, labels: readonly string[]): string {
  for (let i = 0; i < labels.length; i += 1)
    if ((probabilities[i] ?? 0) > LEAST_PROBABILITY) return labels[i] ?? UNKNOWN;
  return UNKNOWN;
}
