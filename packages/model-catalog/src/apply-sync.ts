import type { Catalog, CatalogModel, Price } from '@pointsman/contracts';
import { catalogVersion } from './catalog-version.ts';
import { parseCatalog } from './parse-catalog.ts';
import { priceOn } from './price-on.ts';

/**
 * The catalogue after models published on `asOf` (`YYYY-MM-DD`) were taken in.
 *
 * - A changed price becomes a new price from `asOf` on: history is kept, and so is a price announced for a later day.
 *   A second sync on the same day replaces that day's price.
 * - `regions` and `routerNames` stay as they are: no feed publishes them, somebody set them.
 * - A model that is not in `incoming` stays untouched: silence is no evidence that it is gone.
 *
 * @throws CatalogError when the result is no catalogue, an incoming model of an unknown provider for one.
 */
export function applySync(before: Catalog, incoming: CatalogModel[], asOf: string): Catalog {
  const news = new Map(incoming.map((model) => [model.id, model]));
  const known = new Set(before.models.map((model) => model.id));
  const models = [
    ...before.models.map((model) => {
      const update = news.get(model.id);
      return update === undefined ? model : updated(model, update, asOf);
    }),
    ...incoming.filter((model) => !known.has(model.id)),
  ];
  return parseCatalog({ providers: before.providers, models });
}

function updated(model: CatalogModel, update: CatalogModel, asOf: string): CatalogModel {
  return {
    ...update,
    regions: model.regions,
    routerNames: model.routerNames,
    prices: mergedPrices(model, update, asOf),
  };
}

function mergedPrices(model: CatalogModel, update: CatalogModel, asOf: string): Price[] {
  const current = priceOn(update, asOf);
  const held = priceOn(model, asOf);
  if (current === undefined || (held !== undefined && sameRates(current, held))) return model.prices;
  return [...model.prices.filter((price) => price.from !== asOf), { ...current, from: asOf }].sort((a, b) =>
    a.from < b.from ? -1 : 1,
  );
}

function sameRates(a: Price, b: Price): boolean {
  return catalogVersion({ ...a, from: '' }) === catalogVersion({ ...b, from: '' });
}
