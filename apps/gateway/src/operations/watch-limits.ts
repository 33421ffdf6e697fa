import type { CallOptions, ProviderClient, RateLimit } from '@pointsman/providers';

export type ToldLimits = { modelId: string; limits: readonly RateLimit[]; atMs: number };

/** Reading limits costs a call some microseconds: a few times a minute is enough for people. */
const LOOK_AGAIN_MS = 5_000;

/** The same client, which now and then reads what a reply's headers tell of our allowance. */
export function watchLimits(
  client: ProviderClient,
  now: () => number,
): { client: ProviderClient; told(provider: string): ToldLimits[] } {
  const told = new Map<string, ToldLimits & { provider: string }>();
  const watching = (provider: string, modelId: string, options: CallOptions): CallOptions => {
    const known = told.get(modelId);
    if (known !== undefined && now() - known.atMs < LOOK_AGAIN_MS) return options;
    return { ...options, onLimits: (limits) => told.set(modelId, { provider, modelId, limits, atMs: now() }) };
  };
  return {
    client: {
      ...client,
      chat: (call, options) => client.chat(call, watching(call.provider.id, call.model.id, options)),
      embed: (call, options) => client.embed(call, watching(call.provider.id, call.model.id, options)),
    },
    told: (provider) => [...told.values()].filter((each) => each.provider === provider && each.limits.length > 0),
  };
}
