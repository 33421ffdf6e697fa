import { type Configuration, isEmulated, providerKey } from '@pointsman/administration';
import type { EmulatedAddresses } from './live/model-directory.ts';

export type ModelSource = {
  /** Set when the provider emulator answers for every provider. */
  emulated: EmulatedAddresses | undefined;
  keyFor(providerId: string): string | undefined;
  close(): Promise<void>;
};

/** Real providers where keys are configured; the emulator where there is none, or when it is asked for. */
export async function openModelSource(configuration: Configuration): Promise<ModelSource> {
  if (!isEmulated(configuration)) {
    return { emulated: undefined, keyFor: (id) => providerKey(configuration, id), close: async () => undefined };
  }
  // Only an installation without providers pays for loading it.
  const { startEmulator } = await import('@pointsman/provider-emulator');
  const emulator = await startEmulator({ pace: 'lifelike' });
  return { emulated: emulator, keyFor: () => 'emulated', close: () => emulator.close() };
}
