import { cholesky, solveCholesky } from '../mathematics/cholesky.ts';
import { sigmoid } from '../mathematics/logistic.ts';
import { addScaled, at, dot, type Matrix, rowOf, vectorTimes, zeros } from '../mathematics/matrix.ts';

/** A normal distribution of a model's strengths. */
export type StrengthPrior = { mean: Float64Array; precision: Matrix };

/** One scored reply as far as a model's strengths are concerned. */
export type Answer = {
  /** What the request asks for. */
  skills: ArrayLike<number>;
  /** Log odds expected before the text was read. */
  expectedLogit: number;
  score: number;
  weight: number;
};

const NEWTON_STEPS = 4;

/** The normal posterior of a model's strengths given its answers (Laplace): what was known before counts as the prior. */
export function fitStrength(answers: readonly Answer[], prior: StrengthPrior): StrengthPrior {
  const skills = prior.mean.length;
  const mean = Float64Array.from(prior.mean);
  let precision = prior.precision;
  for (let step = 0; step < NEWTON_STEPS && answers.length > 0; step += 1) {
    const difference = prior.mean.map((value, k) => value - at(mean, k));
    const gradient = vectorTimes(difference, prior.precision);
    precision = zeros(skills, skills);
    precision.data.set(prior.precision.data);
    for (const { skills: asked, expectedLogit, score, weight } of answers) {
      const p = sigmoid(expectedLogit + dot(asked, mean));
      addScaled(gradient, asked, weight * (score - p));
      for (let k = 0; k < skills; k += 1) addScaled(rowOf(precision, k), asked, weight * p * (1 - p) * at(asked, k));
    }
    addScaled(mean, solveCholesky(cholesky(precision), gradient), 1);
  }
  return { mean, precision };
}
