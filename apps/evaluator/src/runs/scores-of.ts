import { DIMENSIONS, type Dimension, type EvaluatedItem } from '@pointsman/contracts';

/** The raw scores of an item, by dimension; what was not scored is absent. */
export function scoresOf({ verdicts }: EvaluatedItem): Partial<Record<Dimension, number>> {
  const scores: Partial<Record<Dimension, number>> = {};
  for (const dimension of DIMENSIONS) {
    const verdict = verdicts[dimension];
    if (verdict.status === 'scored') scores[dimension] = verdict.score;
  }
  return scores;
}
