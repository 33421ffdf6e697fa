import { type Provider, providerSchema } from '@pointsman/contracts';
import { z } from 'zod';
import providersData from './data/providers.json' with { type: 'json' };

let providers: Provider[] | undefined;

/**
 * The providers Pointsman knows from the start. Addresses and departures from OpenAI's API are taken from each
 * provider's public documentation (November 2026); local hosts have no models of their own, configuration adds them.
 */
export function shippedProviders(): Provider[] {
  providers ??= z.array(providerSchema).parse(providersData);
  return providers;
}
