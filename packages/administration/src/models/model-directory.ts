import type { Catalog, CatalogModel, Provider } from '@pointsman/contracts';
import type { Configuration } from '../configuration/configuration.ts';
import { effectiveCatalog } from '../configuration/effective-catalog.ts';
import { enabledProviders } from '../configuration/enabled-providers.ts';
import type { EmulatedAddresses } from './model-source.ts';

/** The catalogue as it stands, with only the models whose provider is switched on. */
export type ModelDirectory = {
  catalog: Catalog;
  chatModels: readonly CatalogModel[];
  /** What `auto` chooses among: chat models that are not deprecated. */
  autoModels: readonly CatalogModel[];
  provider(id: string): Provider | undefined;
};

/** What can be asked right now: the catalogue with the configuration over it, and the providers that are switched on. */
export function buildModelDirectory(
  base: Catalog,
  configuration: Configuration,
  emulated: EmulatedAddresses | undefined,
): ModelDirectory {
  const catalog = effectiveCatalog(base, configuration);
  const providers = new Map<string, Provider>();
  for (const { provider, enabled } of enabledProviders(catalog, configuration)) {
    if (emulated !== undefined) providers.set(provider.id, { ...provider, baseUrl: emulated.baseUrl(provider.format) });
    else if (enabled) providers.set(provider.id, provider);
  }
  const chatModels = catalog.models.filter((model) => model.kind === 'chat' && providers.has(model.provider));
  return {
    catalog,
    chatModels,
    autoModels: chatModels.filter((model) => model.status === 'active'),
    provider: (id) => providers.get(id),
  };
}
