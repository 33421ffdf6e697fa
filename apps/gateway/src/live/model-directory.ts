import { type Configuration, effectiveCatalog, enabledProviders } from '@pointsman/administration';
import type { Catalog, Provider } from '@pointsman/contracts';
import type { ModelDirectory } from '../pipeline/pipeline-dependencies.ts';

/** Where the emulator stands in for the providers; absent when real ones are called. */
export type EmulatedAddresses = { baseUrl(format: Provider['format']): string };

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
