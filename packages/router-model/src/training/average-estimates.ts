import { DIMENSIONS, type Dimension, type DimensionScores, type ScoreEstimate } from '@pointsman/contracts';
import { lookUp } from '../forward.ts';
import { clippedLogit, sigmoid } from '../mathematics/logistic.ts';
import { at, dot } from '../mathematics/matrix.ts';
import type { DimensionHead, RouterParameters } from '../parameters.ts';
import { tiedPrior } from '../priors.ts';
import type { TrainingData } from './prepare-data.ts';
import type { ModelAverage } from './train-router.ts';

/** What is expected of each model when nothing is known of the request: every source weighs the same. */
export function averagesOf(parameters: RouterParameters, data: TrainingData): ModelAverage[] {
  const perHead = parameters.heads.map((head) => ({
    dimension: head.dimension,
    estimates: averageScores(head, parameters.fallbackDomains),
  }));
  const tokens = lookUp(parameters.tokens.table, parameters.fallbackDomains).mean;
  return parameters.models.map((name, m) => {
    const learned = new Map<Dimension, ScoreEstimate>();
    for (const { dimension, estimates } of perHead) {
      const estimate = estimates[m];
      if (estimate !== undefined) learned.set(dimension, estimate);
    }
    return {
      name,
      rows: rowsOf(data, m),
      scores: completeScores(learned),
      outputTokens: Math.round(Math.exp(at(tokens, m)) * at(parameters.tokens.smearing, m)),
    };
  });
}

/** Fills dimensions nobody scored with the stated prior, tied to what was learned of the model. */
function completeScores(learned: ReadonlyMap<Dimension, ScoreEstimate>): DimensionScores {
  const ability = learned.get('factual_accuracy')?.mean ?? learned.values().next().value?.mean ?? 0.5;
  const entries = DIMENSIONS.map((dimension) => [dimension, learned.get(dimension) ?? tiedPrior(dimension, ability)]);
  return Object.fromEntries(entries) as DimensionScores;
}

function averageScores({ table, calibration }: DimensionHead, weights: Float64Array): ScoreEstimate[] {
  const { mean, variance } = lookUp(table, weights);
  const hidden = dot(weights, calibration.hiddenShare);
  const scale = dot(weights, calibration.varianceScale);
  return Array.from(mean, (base, m) => {
    const p = sigmoid(calibration.intercept + calibration.slope * clippedLogit(base));
    const squared = hidden * p * (1 - p) + at(variance, m) + calibration.unfamiliarVariance;
    return { mean: p, spread: Math.sqrt(scale * squared) };
  });
}

function rowsOf(data: TrainingData, model: number): number {
  const rows = new Set<number>();
  for (const cells of data.scores.values()) for (const row of cells.byModel[model]?.rows ?? []) rows.add(row);
  return rows.size;
}
