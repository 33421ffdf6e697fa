import { usageSchema } from '@pointsman/contracts';
import { z } from 'zod';
import { openRedisLink } from '../limits/redis-link.ts';
import type { CachedReply, ExactCache } from './exact-cache.ts';

const PREFIX = 'pointsman:cache:';
/** Redis blocks everybody while it moves a value: larger replies are not worth it. */
const LARGEST_BODY_CHARACTERS = 1_048_576;
const SCAN_COUNT = 1_000;

const cachedReplySchema: z.ZodType<CachedReply> = z.object({
  modelId: z.string(),
  provider: z.string(),
  decisionId: z.string(),
  usage: usageSchema,
  body: z.string(),
  storedAtMs: z.number(),
});

/** Replies shared by all gateways. A Redis that is away, slow or holds something else answers as a miss. */
export function createRedisCache(options: {
  url: string;
  now(): number;
  onRedisError?: ((error: Error) => void) | undefined;
}): ExactCache {
  const counts = { hits: 0, misses: 0, stored: 0, errors: 0 };
  const link = openRedisLink({ url: options.url, now: options.now, onError: options.onRedisError });
  const failed = (error: unknown): void => {
    counts.errors += 1;
    link.failed(error);
  };

  function read(text: string | null): CachedReply | undefined {
    if (text === null) return undefined;
    try {
      return cachedReplySchema.parse(JSON.parse(text));
    } catch (error) {
      counts.errors += 1;
      options.onRedisError?.(new Error('An entry of the exact cache in Redis could not be read', { cause: error }));
      return undefined;
    }
  }

  async function find(key: string): Promise<CachedReply | undefined> {
    const text = await link.client.get(PREFIX + key).catch((error: unknown) => {
      failed(error);
      return null;
    });
    const reply = read(text);
    counts[reply === undefined ? 'misses' : 'hits'] += 1;
    return reply;
  }

  async function drop(clientId: string): Promise<void> {
    const match = `${PREFIX}${clientId.replace(/[\\*?[\]]/g, '\\$&')}:*`;
    let cursor = '0';
    do {
      const [next, keys] = await link.client.scan(cursor, 'MATCH', match, 'COUNT', SCAN_COUNT);
      // One by one: in a cluster these keys live on different nodes.
      await Promise.all(keys.map((key) => link.client.unlink(key)));
      cursor = next;
    } while (cursor !== '0');
  }

  return {
    find(key) {
      if (link.usable()) return find(key);
      counts.misses += 1;
      return undefined;
    },
    store(key, reply, ttlSeconds) {
      if (reply.body.length > LARGEST_BODY_CHARACTERS || !link.usable()) return;
      counts.stored += 1;
      link.client.set(PREFIX + key, JSON.stringify(reply), 'PX', Math.ceil(ttlSeconds * 1000)).catch(failed);
    },
    dropClient(clientId) {
      drop(clientId).catch(failed);
    },
    close: () => link.close(),
    stats: () => ({ ...counts, entries: undefined, bytes: undefined }),
  };
}
