import { seededRandom } from '@pointsman/statistics';
import type { ReplayRequest } from './replay-request.ts';

/** Near-duplicate requests: together one piece of evidence. */
export type RequestGroup = readonly ReplayRequest[];

/**
 * The requests by group, in an order that depends on the groups' names only: bets on one group after the other are fair
 * only in an order that knows nothing of the scores, and the same data must give the same certificate.
 */
export function groupRequests(requests: readonly ReplayRequest[]): RequestGroup[] {
  const byName = [...Map.groupBy(requests, ({ group }) => group)].sort(([a], [b]) => (a < b ? -1 : 1));
  const random = seededRandom('the order of the groups');
  return byName
    .map(([, group]) => ({ group, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ group }) => group);
}
