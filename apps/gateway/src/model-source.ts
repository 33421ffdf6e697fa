import { type Configuration, enabledProviders, providerKey } from '@pointsman/administration';
import { shippedCatalog } from '@pointsman/model-catalog';
import type { EmulatedAddresses } from './live/model-directory.ts';

export type ModelSource = {
  /** Set when the provider emulator answers for every provider. */
  emulated: EmulatedAddresses | undefined;
  keyFor(providerId: string): string | undefined;
  close(): Promise<void>;
};

/** Real providers where keys are configured; the emulator where there is none, or when it is asked for. */
export async function openModelSource(configuration: Configuration): Promise<ModelSource> {
  const anyProvider = enabledProviders(shippedCatalog(), configuration).some((state) => state.enabled);
  const configured =
    anyProvider || Object.values(configuration.providers).some((settings) => settings.enabled && settings.mentioned);
  const emulate = configuration.emulator === 'on' || (configuration.emulator === 'auto' && !configured);
  if (!emulate) {
    return { emulated: undefined, keyFor: (id) => providerKey(configuration, id), close: async () => undefined };
  }
  // Only an installation without providers pays for loading it.
  const { startEmulator } = await import('@pointsman/provider-emulator');
  const emulator = await startEmulator({ pace: 'lifelike' });
  return { emulated: emulator, keyFor: () => 'emulated', close: () => emulator.close() };
}
