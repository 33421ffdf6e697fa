import type { Catalog, Provider } from '@pointsman/contracts';
import type { Configuration } from './configuration.ts';

/** Whether requests may go to a provider, and why, in words for an operator. */
export type ProviderState = { provider: Provider; enabled: boolean; why: string };

/** The state of every provider of the (effective) catalogue, in its order. */
export function enabledProviders(catalog: Catalog, configuration: Configuration): ProviderState[] {
  return catalog.providers.map((provider) => ({ provider, ...stateOf(provider, configuration) }));
}

/** The key with which to call this provider; undefined where there is none. */
export function providerKey(configuration: Configuration, providerId: string): string | undefined {
  return configuration.providers[providerId]?.apiKey?.reveal();
}

function stateOf(provider: Provider, configuration: Configuration): Omit<ProviderState, 'provider'> {
  const settings = configuration.providers[provider.id];
  if (settings?.enabled === false) return { enabled: false, why: `switched off by providers.${provider.id}.enabled` };
  if (settings?.apiKey !== undefined) return { enabled: true, why: `key from ${settings.keyFrom}` };
  if (provider.needsKey) return { enabled: false, why: `no key: set ${keyPlaces(provider)}` };
  if (settings?.mentioned) return { enabled: true, why: 'configured; needs no key' };
  if (settings?.baseUrl !== undefined)
    return { enabled: true, why: `address from ${provider.baseUrlEnv}; needs no key` };
  const mend = provider.baseUrlEnv === undefined ? '' : `set ${provider.baseUrlEnv} or `;
  return { enabled: false, why: `not configured: ${mend}add a model of it` };
}

const keyPlaces = ({ id, keyEnv }: Provider): string =>
  keyEnv.length > 0 ? keyEnv.join(' or ') : `providers.${id}.apiKey`;
