import type { Floor } from './floor.ts';
import { groupRequests, type RequestGroup } from './group-requests.ts';
import { fewestGroups } from './prove-floor.ts';
import type { ReplayRequest } from './replay-request.ts';

/** Traffic that shares one threshold and one promise, which may be false with probability `level`. */
export type Part = { domains: string[]; groups: RequestGroup[]; level: number };

/** All requests as one part, with one promise for their mix of domains; none of no requests. */
export function wholePart(requests: readonly ReplayRequest[], { confidence }: Floor): Part[] {
  if (requests.length === 0) return [];
  const domains = [...new Set(requests.map(({ domain }) => domain))].sort();
  return [{ domains, groups: groupRequests(requests), level: 1 - confidence }];
}

/**
 * Each domain with enough groups as a part of its own, at an equal share of the level (Bonferroni); when none has enough,
 * the largest. `unknown` is none: whatever the router does not recognise need not be alike tomorrow.
 */
export function domainParts(requests: readonly ReplayRequest[], floor: Floor): Part[] {
  const recognised = requests.filter(({ domain }) => domain !== UNKNOWN_DOMAIN);
  const largestFirst = [...Map.groupBy(recognised, ({ domain }) => domain)]
    .map(([domain, own]) => ({ domains: [domain], groups: groupRequests(own) }))
    .sort((a, b) => b.groups.length - a.groups.length);
  const levelOf = (parts: number) => (1 - floor.confidence) / parts;
  // The fewer parts, the larger the level of each and the fewer groups it needs: drop the smallest until all have enough.
  let kept = largestFirst.length;
  while (kept > 1 && (largestFirst[kept - 1]?.groups.length ?? 0) < fewestGroups(floor, levelOf(kept))) kept -= 1;
  return largestFirst.slice(0, kept).map((part) => ({ ...part, level: levelOf(kept) }));
}

const UNKNOWN_DOMAIN = 'unknown';
