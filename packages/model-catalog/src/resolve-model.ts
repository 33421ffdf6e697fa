import type { Catalog, CatalogModel } from '@pointsman/contracts';
import { bareName } from './model-matches.ts';
import { nearestNames } from './nearest-names.ts';

/** Makers that serve their own models: a bare name known to one of them means theirs. In order of precedence. */
const FIRST_CLASS_PROVIDERS = ['openai', 'anthropic', 'mistral'];

export type ModelResolution =
  | { kind: 'found'; model: CatalogModel }
  /** Several providers serve a model of this name and none is first-class: the caller must say which, in `ids`' order of id. */
  | { kind: 'ambiguous'; ids: string[] }
  /** Up to three ids that look like what was meant, nearest first. */
  | { kind: 'unknown'; nearest: string[] };

/** Finds the model a client named: `<provider>/<model>`, or the bare name that its provider knows it by. */
export function resolveModel(catalog: Catalog, name: string): ModelResolution {
  const exact = catalog.models.find((model) => model.id === name);
  if (exact !== undefined) return { kind: 'found', model: exact };
  const namesakes = catalog.models.filter((model) => model.upstreamModel === name || bareName(model.id) === name);
  const chosen = namesakes.length === 1 ? namesakes[0] : firstClassOf(namesakes);
  if (chosen !== undefined) return { kind: 'found', model: chosen };
  if (namesakes.length > 1) return { kind: 'ambiguous', ids: namesakes.map((model) => model.id).sort() };
  return {
    kind: 'unknown',
    nearest: nearestNames(
      name,
      catalog.models.map((model) => model.id),
    ),
  };
}

function firstClassOf(models: CatalogModel[]): CatalogModel | undefined {
  for (const provider of FIRST_CLASS_PROVIDERS) {
    const model = models.find((candidate) => candidate.provider === provider);
    if (model !== undefined) return model;
  }
  return undefined;
}
