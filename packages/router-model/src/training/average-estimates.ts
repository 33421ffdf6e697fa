import { DIMENSIONS, type Dimension, type DimensionScores, type ScoreEstimate } from '@pointsman/contracts';
import { at } from '../mathematics/matrix.ts';
import { estimateModels, prepareModels } from '../model/estimate-models.ts';
import type { ModelTable } from '../model/model-standing.ts';
import { tiedPrior } from '../prior/stated-priors.ts';
import type { ModelAverage } from './train-router.ts';

/** What is expected of each model when nothing is known of the request: every source weighs the same. */
export function averagesOf(models: ModelTable): ModelAverage[] {
  const prepared = prepareModels(models);
  const nothing = {
    kinds: Float64Array.from(models.fallbackKinds),
    familiarity: 0,
    skills: new Float64Array(models.heads[0]?.typicalSkills.length ?? 0),
    lengths: new Float64Array(models.length.typicalLengths.length),
  };
  const { means, spreads, outputTokens } = estimateModels(prepared, nothing);
  return models.models.map(({ name, rows }, m) => {
    const learned = new Map<Dimension, ScoreEstimate>();
    prepared.heads.forEach(({ dimension }, h) => {
      learned.set(dimension, { mean: means[h]?.[m] ?? 0.5, spread: spreads[h]?.[m] ?? 0.5 });
    });
    return { name, rows, scores: completeScores(learned), outputTokens: Math.round(at(outputTokens, m)) };
  });
}

/** Fills dimensions nobody scored with the stated prior, tied to what was learned of the model. */
function completeScores(learned: ReadonlyMap<Dimension, ScoreEstimate>): DimensionScores {
  const ability = learned.get('factual_accuracy')?.mean ?? learned.values().next().value?.mean ?? 0.5;
  const entries = DIMENSIONS.map((dimension) => [dimension, learned.get(dimension) ?? tiedPrior(dimension, ability)]);
  return Object.fromEntries(entries) as DimensionScores;
}
