import { at, zeros } from '../mathematics/matrix.ts';
import type { ModelTable, ScoreHead } from '../model/model-standing.ts';
import type { StrengthPrior } from '../training/fit-strength.ts';

/** Strengths have mean square one, so this is a model that differs from the others by a fifth. */
const LEAST_VARIANCE = 0.05;

/** What is believed of one more model's strengths in a dimension: the typical ones, varying as those of known models do. */
export function strengthPrior({ models }: Pick<ModelTable, 'models'>, head: ScoreHead): StrengthPrior {
  const known = models.flatMap(({ scores }) => scores[head.dimension]?.skills ?? []);
  const skills = head.typicalSkills.length;
  const precision = zeros(skills, skills);
  for (let k = 0; k < skills; k += 1) {
    let squares = 0;
    for (let n = k; n < known.length; n += skills) squares += (at(known, n) - at(head.typicalSkills, k)) ** 2;
    const variance = known.length === 0 ? 1 : (squares * skills) / known.length;
    precision.data[k * skills + k] = 1 / Math.max(variance, LEAST_VARIANCE);
  }
  return { mean: Float64Array.from(head.typicalSkills), precision };
}
