import type { Decision } from '@pointsman/contracts';
import { LRUCache } from 'lru-cache';

/** Records are written in batches; a caller who asks at once finds theirs here. */
const MOST_RECENT = 256;

export type RecentDecisions = { remember(decision: Decision): void; find(id: string): Decision | undefined };

export function createRecentDecisions(): RecentDecisions {
  const recent = new LRUCache<string, Decision>({ max: MOST_RECENT });
  return {
    remember: (decision) => {
      recent.set(decision.id, decision);
    },
    find: (id) => recent.get(id),
  };
}
