import { showCatalog } from '@pointsman/administration';
import type { Catalog, CatalogModel, CatalogView, PriceEvent } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { priceOn, shippedCatalog } from '@pointsman/model-catalog';

const MOST_PRICES = 200;

/** The catalogue in use, those that were, and the prices that change. `day`: today, UTC. */
export async function viewCatalog(repositories: Pick<Repositories, 'catalogs'>, day: string): Promise<CatalogView> {
  const [{ catalog, source }, stored] = await Promise.all([showCatalog(repositories), repositories.catalogs.list()]);
  const shipped = shippedCatalog().version;
  const versions = stored.map(({ version, note, savedAt, active }) => ({
    version,
    isActive: active,
    isShipped: version === shipped,
    note,
    savedAt,
  }));
  const isStored = versions.some(({ isShipped }) => isShipped);
  return {
    version: catalog.version,
    source: catalog.version === shipped ? 'shipped' : source,
    models: catalog.models.length,
    providers: catalog.providers.length,
    prices: priceEvents(catalog, day).slice(0, MOST_PRICES),
    versions: isStored ? versions : [...versions, { version: shipped, isActive: stored.length === 0, isShipped: true }],
  };
}

/** Prices that replaced others or are yet to come, the newest first. */
export function priceEvents({ models }: Pick<Catalog, 'models'>, day: string): PriceEvent[] {
  return models
    .flatMap((model) => eventsOf(model, day))
    .sort((a, b) => (a.from === b.from ? (a.modelId < b.modelId ? -1 : 1) : a.from < b.from ? 1 : -1));
}

function eventsOf(model: CatalogModel, day: string): PriceEvent[] {
  const current = priceOn(model, day);
  return model.prices
    .map((after, place): PriceEvent => {
      const state = after === current ? 'holds' : after.from > day ? 'to-come' : 'past';
      return { modelId: model.id, from: after.from, state, before: model.prices[place - 1], after };
    })
    .filter(({ before, state }) => before !== undefined || state === 'to-come');
}
