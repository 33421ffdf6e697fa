import type { Usage } from '@pointsman/contracts';
import { createMemoryCache } from './memory-cache.ts';
import { createRedisCache } from './redis-cache.ts';

export { assembleStream } from './assemble-stream.ts';
export { cacheKey } from './cache-key.ts';
export { isCompletion } from './completion-json.ts';
export { replayAsStream } from './replay-as-stream.ts';

/** A reply as it was first given, to be given again. */
export type CachedReply = {
  modelId: string;
  provider: string;
  /** The decision that the reply was first made for. */
  decisionId: string;
  usage: Usage;
  /** OpenAI `chat.completion` JSON. */
  body: string;
  storedAtMs: number;
};

export type ExactCacheStats = {
  hits: number;
  misses: number;
  stored: number;
  /** Entries and bytes in this process; undefined when the cache is shared. */
  entries: number | undefined;
  bytes: number | undefined;
  /** Commands that failed; each was answered as a miss. */
  errors: number;
};

/** Replies by `cacheKey`. Nothing here fails a request: what cannot be read is a miss, what cannot be stored is not. */
export type ExactCache = {
  find(key: string): CachedReply | undefined | Promise<CachedReply | undefined>;
  store(key: string, reply: CachedReply, ttlSeconds: number): void;
  /** Forgets all replies of a client. */
  dropClient(clientId: string): void;
  close(): Promise<void>;
  stats(): ExactCacheStats;
};

export type ExactCacheOptions = {
  /** Memory the entries may take in this process; the least recently used go first. A reply above an eighth is not stored. */
  maxBytes: number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Replies are then shared by all gateways and live in Redis only. */
  redisUrl?: string | undefined;
  onRedisError?: ((error: Error) => void) | undefined;
};

/** In memory, or in Redis when an address is given. */
export function createExactCache(options: ExactCacheOptions): ExactCache {
  const { redisUrl } = options;
  return redisUrl === undefined ? createMemoryCache(options) : createRedisCache({ ...options, url: redisUrl });
}
