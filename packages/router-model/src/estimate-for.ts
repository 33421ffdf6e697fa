import type { CatalogModel, ModelEstimate } from '@pointsman/contracts';
import type { Manifest } from './artefact/manifest.ts';
import { UNKNOWN_OUTPUT_TOKENS, UNKNOWN_SCORES } from './priors.ts';
import type { RouterPrediction } from './serving/open-predictor.ts';

const UNKNOWN: ModelEstimate = Object.freeze({
  scores: UNKNOWN_SCORES,
  outputTokens: UNKNOWN_OUTPUT_TOKENS,
  basis: 'prior',
});

/**
 * The estimate for a catalogue model: what the router predicts for the first of its `routerNames` that it knows;
 * without a prediction the model's benchmark average; for a model nobody evaluated the stated prior, wide. Never throws.
 */
export function estimateFor(
  model: CatalogModel,
  prediction: RouterPrediction | undefined,
  manifest: Manifest | undefined,
): ModelEstimate {
  for (const name of model.routerNames) {
    const learned = prediction?.models.get(name);
    if (learned !== undefined) return learned;
  }
  for (const name of model.routerNames) {
    const average = manifest?.models.find((known) => known.name === name);
    if (average !== undefined)
      return { scores: average.scores, outputTokens: average.outputTokens, basis: 'benchmark-average' };
  }
  return UNKNOWN;
}
