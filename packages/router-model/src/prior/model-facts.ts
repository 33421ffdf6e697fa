import type { CatalogModel } from '@pointsman/contracts';

/** What a catalogue says of a model that has to do with how good it is. */
export type ModelFacts = {
  /** Names under which evaluations may know it, best first. */
  names: readonly string[];
  /** Micro-USD per million tokens; 0 where it runs on one's own machines. */
  outputMicroUsdPerMtok: number;
  /** `YYYY-MM-DD`, or less of it. */
  releaseDate: string | undefined;
  reasoning: boolean;
  family: string | undefined;
};

/** The facts of a catalogue model, at its latest price: a price of tomorrow says as much of a model as today's. */
export function factsOf(model: CatalogModel): ModelFacts {
  return {
    names: routerNamesOf(model),
    outputMicroUsdPerMtok: model.prices.at(-1)?.outputMicroUsdPerMtok ?? 0,
    releaseDate: model.releaseDate,
    reasoning: model.capabilities.reasoning,
    family: model.family,
  };
}

/** Names to look a catalogue model up by in an artefact, best first: what was learned under its own id comes before evaluations. */
export const routerNamesOf = ({ id, routerNames }: CatalogModel): string[] => [id, ...routerNames];
