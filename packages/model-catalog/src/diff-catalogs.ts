import type { Catalog, CatalogModel, Price, Provider } from '@pointsman/contracts';
import { catalogVersion } from './catalog-version.ts';
import { priceOn } from './price-on.ts';

/** One field, by its path inside the model or provider; undefined where it is absent. */
export type FieldChange = { field: string; before: unknown; after: unknown };

/**
 * What changed about the price from a day on. `new`: a price begins (`before` is what held until then); `withdrawn`:
 * one no longer begins (`after` is what holds instead); `rewritten`: history says something else than it did.
 */
export type PriceChange = {
  kind: 'new' | 'withdrawn' | 'rewritten';
  from: string;
  before: Price | undefined;
  after: Price | undefined;
};

export type ModelChange = { id: string; fields: FieldChange[]; prices: PriceChange[] };

export type CatalogDiff = {
  fromVersion: string;
  toVersion: string;
  added: CatalogModel[];
  removed: CatalogModel[];
  changed: ModelChange[];
  providers: { added: Provider[]; removed: Provider[]; changed: { id: string; fields: FieldChange[] }[] };
};

/** Every difference between two catalogues, each list sorted by id; the order of models and providers does not matter. */
export function diffCatalogs(before: Catalog, after: Catalog): CatalogDiff {
  const models = diffById(before.models, after.models);
  const providers = diffById(before.providers, after.providers);
  return {
    fromVersion: before.version,
    toVersion: after.version,
    added: models.added,
    removed: models.removed,
    changed: models.kept
      .map(([old, now]) => ({
        id: now.id,
        fields: fieldChanges(withoutPrices(old), withoutPrices(now)),
        prices: priceChanges(old, now),
      }))
      .filter((change) => change.fields.length > 0 || change.prices.length > 0),
    providers: {
      added: providers.added,
      removed: providers.removed,
      changed: providers.kept
        .map(([old, now]) => ({ id: now.id, fields: fieldChanges(old, now) }))
        .filter((change) => change.fields.length > 0),
    },
  };
}

function diffById<T extends { id: string }>(before: T[], after: T[]): { added: T[]; removed: T[]; kept: [T, T][] } {
  const old = new Map(before.map((item) => [item.id, item]));
  const now = new Map(after.map((item) => [item.id, item]));
  const sorted = (items: Iterable<T>) => [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    added: sorted(after.filter((item) => !old.has(item.id))),
    removed: sorted(before.filter((item) => !now.has(item.id))),
    kept: sorted(after).flatMap((item): [T, T][] => {
      const counterpart = old.get(item.id);
      return counterpart === undefined ? [] : [[counterpart, item]];
    }),
  };
}

function withoutPrices(model: CatalogModel): Omit<CatalogModel, 'prices'> {
  const { prices: _, ...facts } = model;
  return facts;
}

/** Goes into objects and compares everything else, lists included, as a whole. */
function fieldChanges(before: object, after: object, prefix = ''): FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const [old, now]: unknown[] = [Reflect.get(before, key), Reflect.get(after, key)];
    if (isRecord(old) && isRecord(now)) return fieldChanges(old, now, `${prefix}${key}.`);
    return same(old, now) ? [] : [{ field: `${prefix}${key}`, before: old, after: now }];
  });
}

function priceChanges(before: CatalogModel, after: CatalogModel): PriceChange[] {
  const days = [...new Set([...before.prices, ...after.prices].map((price) => price.from))].sort();
  return days.flatMap((from): PriceChange[] => {
    const old = before.prices.find((price) => price.from === from);
    const now = after.prices.find((price) => price.from === from);
    if (old === undefined) return [{ kind: 'new', from, before: priceOn(before, from), after: now }];
    if (now === undefined) return [{ kind: 'withdrawn', from, before: old, after: priceOn(after, from) }];
    return same(old, now) ? [] : [{ kind: 'rewritten', from, before: old, after: now }];
  });
}

function same(a: unknown, b: unknown): boolean {
  return catalogVersion(a) === catalogVersion(b);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
