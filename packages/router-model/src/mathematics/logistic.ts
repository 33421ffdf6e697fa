/** Keeps logits finite: nothing is known to better than one in a hundred from this kind of data. */
const SMALLEST_PROBABILITY = 0.01;

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Log odds, with probabilities clipped to [0.01, 0.99]; the graph clips likewise. */
export function clippedLogit(probability: number): number {
  const clipped = Math.min(Math.max(probability, SMALLEST_PROBABILITY), 1 - SMALLEST_PROBABILITY);
  return Math.log(clipped / (1 - clipped));
}

export { SMALLEST_PROBABILITY };
