import type { NodeFacts } from '@pointsman/contracts';
import { openRedisLink } from '../limits/redis-link.ts';

export type RedisProbe = {
  state(): NonNullable<NodeFacts['redis']>;
  /** Measures anew how long it takes to answer. Never rejects. */
  measure(): Promise<void>;
  close(): Promise<void>;
};

/** Asks Redis how it is, on a connection of its own; without an address there is nothing to ask. */
export function probeRedis(options: { url: string | undefined; now(): number; elapsedMs(): number }): RedisProbe {
  const { url, now, elapsedMs } = options;
  if (url === undefined) {
    return { state: () => ({ state: 'off' }), measure: async () => undefined, close: async () => undefined };
  }
  // Its outages are told by those who need it.
  const link = openRedisLink({ url, now });
  let latencyMs: number | undefined;
  return {
    state: () => (link.usable() ? { state: 'up', latencyMs } : { state: 'down' }),
    async measure() {
      if (!link.usable()) return;
      const startedMs = elapsedMs();
      try {
        await link.client.ping();
        latencyMs = elapsedMs() - startedMs;
      } catch (error) {
        link.failed(error);
      }
    },
    close: () => link.close(),
  };
}
