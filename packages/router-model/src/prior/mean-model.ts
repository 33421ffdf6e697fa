import type { ModelStanding, ModelTable } from '../model/model-standing.ts';

/** A model of mean ability, typical in all else: what estimates of models nobody evaluated are moved from. */
export const meanModel = ({ abilityPrior }: ModelTable): ModelStanding => ({
  name: 'a model nobody evaluated',
  rows: 0,
  ability: abilityPrior.mean,
  abilityVariance: 0,
  scores: {},
});
