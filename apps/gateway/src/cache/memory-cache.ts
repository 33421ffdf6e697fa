import { LRUCache } from 'lru-cache';
import type { CachedReply, ExactCache } from './exact-cache.ts';

/** An entry's object, key and bookkeeping: about 650 bytes on Node 24, and room for longer names. */
const ENTRY_OVERHEAD_BYTES = 1_024;
/** One entry must not push out everything else. */
const LARGEST_SHARE = 8;

/** Replies in this process: bounded in bytes, least recently used out first, gone when their time is over. */
export function createMemoryCache(options: { maxBytes: number; now(): number }): ExactCache {
  const replies = new LRUCache<string, CachedReply>({
    maxSize: options.maxBytes,
    maxEntrySize: Math.max(1, Math.floor(options.maxBytes / LARGEST_SHARE)),
    // A JavaScript string takes one byte per character, or two when any is outside Latin-1: the bound is kept by counting two.
    sizeCalculation: (reply) => 2 * reply.body.length + ENTRY_OVERHEAD_BYTES,
    ttl: 1,
    ttlResolution: 0,
    perf: { now: options.now },
  });
  const counts = { hits: 0, misses: 0, stored: 0 };
  return {
    find(key) {
      const reply = replies.get(key);
      counts[reply === undefined ? 'misses' : 'hits'] += 1;
      return reply;
    },
    store(key, reply, ttlSeconds) {
      replies.set(key, reply, { ttl: ttlSeconds * 1000 });
      counts.stored += 1;
    },
    dropClient(clientId) {
      const prefix = `${clientId}:`;
      for (const key of [...replies.keys()].filter((name) => name.startsWith(prefix))) replies.delete(key);
    },
    close() {
      replies.clear();
      return Promise.resolve();
    },
    stats: () => ({ ...counts, entries: replies.size, bytes: replies.calculatedSize, errors: 0 }),
  };
}
