import type { CatalogModel, ModelEstimate } from '@pointsman/contracts';
import type { Manifest } from './artefact/manifest.ts';
import type { Normal } from './model/normal.ts';
import { abilityFromFacts } from './prior/catalog-prior.ts';
import { estimateForAbility } from './prior/estimate-for-ability.ts';
import { factsOf, routerNamesOf } from './prior/model-facts.ts';
import type { Newcomer } from './prior/newcomer.ts';
import { UNKNOWN_OUTPUT_TOKENS, UNKNOWN_SCORES } from './prior/stated-priors.ts';
import type { RouterPrediction } from './serving/open-predictor.ts';

const UNKNOWN: ModelEstimate = Object.freeze({
  scores: UNKNOWN_SCORES,
  outputTokens: UNKNOWN_OUTPUT_TOKENS,
  basis: 'prior',
});

/**
 * The estimate for a catalogue model: what the router predicts for the first of its names that it knows; without a
 * prediction the model's benchmark average; for a model nobody evaluated what its catalogue facts let expect, on this
 * request where there is a prediction, wide. Never throws.
 */
export function estimateFor(
  model: CatalogModel,
  prediction: RouterPrediction | undefined,
  manifest: Manifest | undefined,
): ModelEstimate {
  const names = namesOf(model);
  for (const name of names) {
    const learned = prediction?.models.get(name);
    if (learned !== undefined) return learned;
  }
  if (manifest === undefined) return UNKNOWN;
  const averages = averagesOf(manifest);
  for (const name of names) {
    const average = averages.get(name);
    if (average !== undefined) return average;
  }
  const { newcomer, heads } = manifest;
  if (newcomer === undefined) return UNKNOWN;
  return estimateForAbility(prediction?.newcomer ?? newcomer, differencesOf(newcomer)(model), heads);
}

// All that follows is asked for every candidate of every request. Catalogue entries and manifests are not changed in
// place, a new catalogue or artefact brings new ones.

const namesOf = remembered(routerNamesOf);

const averagesOf = remembered(
  ({ models }: Manifest): ReadonlyMap<string, ModelEstimate> =>
    new Map(
      models.map(({ name, scores, outputTokens }) => [name, { scores, outputTokens, basis: 'benchmark-average' }]),
    ),
);

/** By how much the ability of a model nobody evaluated is believed to differ from the mean ability. */
const differencesOf = remembered(({ catalog, ability }: Newcomer) =>
  remembered((model: CatalogModel): Normal => {
    if (catalog === undefined) return { mean: 0, variance: ability.variance };
    const believed = abilityFromFacts(catalog, factsOf(model));
    return { mean: believed.mean - ability.mean, variance: believed.variance };
  }),
);

function remembered<From extends object, To extends object>(compute: (from: From) => To): (from: From) => To {
  const results = new WeakMap<From, To>();
  return (from) => {
    let result = results.get(from);
    if (result === undefined) {
      result = compute(from);
      results.set(from, result);
    }
    return result;
  };
}
