import type { Catalog } from '@pointsman/contracts';
import snapshot from './data/catalog.snapshot.json' with { type: 'json' };
import { parseCatalog } from './parse-catalog.ts';
import { shippedProviders } from './shipped-providers.ts';

let catalog: Catalog | undefined;

/**
 * The curated snapshot that Pointsman ships: facts published by models.dev (MIT), read by `scripts/make-snapshot.ts`.
 *
 * Its prices hold from the day of the file they were read from, the first day on which they are known; on an earlier day a
 * price is unknown. Parsed and checked once; the same object on every call, not to be changed.
 */
export function shippedCatalog(): Catalog {
  catalog ??= parseCatalog({ providers: shippedProviders(), models: snapshot.models });
  return catalog;
}
