import { sigmoid } from '../mathematics/logistic.ts';
import { at } from '../mathematics/matrix.ts';
import type { KindSums, ScoreHead } from '../model/model-standing.ts';
import type { Normal } from '../model/normal.ts';

/** One dimension's observations of a model, and how easy kinds are in it. */
export type Observed = { kinds: KindSums; ease: ScoreHead['ease'] };

const NEWTON_STEPS = 20;
/** Keeps the first steps from overshooting where the logistic curve is flat; log odds. */
const LONGEST_STEP = 2;

/**
 * The normal posterior of a model's ability (Laplace), from a prior that none of the observations has entered yet. Given
 * the ease of kinds the sums say all there is to know of it, so that answers can be added up in any order and portions.
 */
export function fitAbility(observed: readonly Observed[], prior: Normal): Normal {
  let mean = prior.mean;
  let precision = 1 / prior.variance;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    let gradient = (prior.mean - mean) / prior.variance;
    precision = 1 / prior.variance;
    for (const { kinds, ease } of observed)
      for (const [kind, count, sum] of kinds) {
        const p = sigmoid(mean + at(ease, kind));
        gradient += sum - count * p;
        precision += count * p * (1 - p);
      }
    mean += Math.min(Math.max(gradient / precision, -LONGEST_STEP), LONGEST_STEP);
  }
  return { mean, variance: 1 / precision };
}
