import { Redis } from 'ioredis';

export type RedisLink = {
  client: Redis;
  /** False while Redis is away or was silent a moment ago: callers then take their other way at once. */
  usable(): boolean;
  /** Reports a failed command and rests the link for a moment, so that a hanging Redis slows one request, not all. */
  failed(error: unknown): void;
  close(): Promise<void>;
};

/** A request never waits longer than this for Redis. */
const COMMAND_TIMEOUT_MS = 250;
const REST_MS = 1_000;
const MAX_RECONNECT_MS = 2_000;

/** A connection for the request path: commands fail at once instead of queueing while Redis is away. */
export function openRedisLink(options: {
  url: string;
  now(): number;
  onError?: ((error: Error) => void) | undefined;
}): RedisLink {
  const client = new Redis(options.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 2_000,
    noDelay: true,
    retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_MS),
  });
  const report = (error: Error): void => options.onError?.(error);
  client.on('error', report);
  let restsUntil = Number.NEGATIVE_INFINITY;
  return {
    client,
    usable: () => client.status === 'ready' && options.now() >= restsUntil,
    failed(error) {
      restsUntil = options.now() + REST_MS;
      report(error instanceof Error ? error : new Error(String(error)));
    },
    async close() {
      if (client.status === 'ready') await client.quit().catch(report);
      client.disconnect();
    },
  };
}
