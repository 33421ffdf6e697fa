import { LRUCache } from 'lru-cache';
import type { SessionMemory, Sessions } from '../pipeline/pipeline-dependencies.ts';

/** An agent that pauses longer than this begins anew. */
const FORGET_AFTER_MS = 2 * 3_600_000;
const MOST_SESSIONS = 50_000;

/** Conversations seen by this node, bounded in number and age. */
export function createSessions(now: () => number): Sessions {
  const memories = new LRUCache<string, SessionMemory>({
    max: MOST_SESSIONS,
    ttl: FORGET_AFTER_MS,
    perf: { now },
  });
  return {
    find: (key) => memories.get(key),
    remember: (key, memory) => {
      memories.set(key, memory);
    },
  };
}
