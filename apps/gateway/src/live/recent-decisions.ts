import type { Decision } from '@pointsman/contracts';

/** Records are written in batches; a caller who asks at once finds theirs here. */
const MOST_RECENT = 256;

export type RecentDecisions = { remember(decision: Decision): void; find(id: string): Decision | undefined };

/** The last decisions of this node, in a ring: every request passes here, so it may cost next to nothing. */
export function createRecentDecisions(): RecentDecisions {
  const ring: Decision[] = [];
  let next = 0;
  return {
    remember(decision) {
      ring[next] = decision;
      next = (next + 1) % MOST_RECENT;
    },
    find: (id) => ring.find((decision) => decision.id === id),
  };
}
