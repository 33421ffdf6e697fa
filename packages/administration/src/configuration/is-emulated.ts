import { shippedCatalog } from '@pointsman/model-catalog';
import type { Configuration } from './configuration.ts';
import { enabledProviders } from './enabled-providers.ts';

/** Whether a gateway of this configuration answers by the provider emulator instead of calling providers. */
export function isEmulated(configuration: Configuration): boolean {
  if (configuration.emulator !== 'auto') return configuration.emulator === 'on';
  const anyEnabled = enabledProviders(shippedCatalog(), configuration).some(({ enabled }) => enabled);
  // A provider of one's own is in no shipped catalogue; whoever configures one wants it called.
  return !anyEnabled && !Object.values(configuration.providers).some(({ enabled, mentioned }) => enabled && mentioned);
}
