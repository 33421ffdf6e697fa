import type { Provider } from '@pointsman/contracts';
import type { Configuration } from '../configuration/configuration.ts';
import { providerKey } from '../configuration/enabled-providers.ts';
import { isEmulated } from '../configuration/is-emulated.ts';

/** Where the emulator stands in for the providers. */
export type EmulatedAddresses = { baseUrl(format: Provider['format']): string };

export type ModelSource = {
  /** Set when the provider emulator answers for every provider. */
  emulated: EmulatedAddresses | undefined;
  keyFor(providerId: string): string | undefined;
  close(): Promise<void>;
};

/**
 * Real providers where keys are configured; the emulator where there is none, or when it is asked for: the one that runs
 * at `emulatorUrl`, else one of this process's own.
 */
export async function openModelSource(configuration: Configuration): Promise<ModelSource> {
  if (!isEmulated(configuration)) {
    return { emulated: undefined, keyFor: (id) => providerKey(configuration, id), close: async () => undefined };
  }
  const { emulatorUrl } = configuration;
  if (emulatorUrl !== undefined) {
    const emulated = { baseUrl: (format: Provider['format']) => `${emulatorUrl}/${format}/v1` };
    return { emulated, keyFor: () => 'emulated', close: async () => undefined };
  }
  // Only an installation without providers pays for loading it.
  const { startEmulator } = await import('@pointsman/provider-emulator');
  const emulator = await startEmulator({ pace: 'lifelike' });
  return { emulated: emulator, keyFor: () => 'emulated', close: () => emulator.close() };
}
