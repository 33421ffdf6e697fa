import type { ModelTable } from '../model/model-standing.ts';
import { averagesOf } from '../training/average-estimates.ts';
import { meanModel } from './mean-model.ts';
import type { Newcomer } from './newcomer.ts';

/** What a table lets expect of a model it does not know, as the manifest carries it. */
export function describeNewcomer(table: ModelTable): Newcomer {
  const [average] = averagesOf({ ...table, models: [meanModel(table)] });
  if (average === undefined) throw new Error('a table of one model has one average');
  const { scores, outputTokens } = average;
  return { ability: table.abilityPrior, scores, outputTokens, catalog: table.catalogPrior };
}
