import { type FloorRule, pickForFloor } from '../../src/floor/pick-for-floor.ts';
import type { ReplayRequest } from '../../src/floor/replay-request.ts';

/** What a rule brought and what the strongest alone would have, summed up; each group of near-duplicates counts once. */
export type Delivery = {
  requests: number;
  routed: number;
  /** Requests whose routed score lies below the least. */
  below: number;
  strongest: number;
  paidNanoUsd: number;
  strongestNanoUsd: number;
  /** Requests that the strongest model answered. */
  toStrongest: number;
};

/** A request, and how much it counts: one divided by the size of its group. */
export type WeightedRequest = { request: ReplayRequest; weight: number };

export function weighByGroup(requests: readonly ReplayRequest[]): WeightedRequest[] {
  const sizes = new Map<string, number>();
  for (const { group } of requests) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return requests.map((request) => ({ request, weight: 1 / (sizes.get(request.group) ?? 1) }));
}

/** Sums up what came of the requests; `ruleOf` is a rule or, for always the strongest, that model's name. */
export function deliver(
  requests: readonly WeightedRequest[],
  ruleOf: (index: number) => FloorRule | string,
  leastScore = 0,
): Delivery {
  const sum = {
    requests: 0,
    routed: 0,
    below: 0,
    strongest: 0,
    paidNanoUsd: 0,
    strongestNanoUsd: 0,
    toStrongest: 0,
  };
  requests.forEach(({ request, weight }, index) => {
    const rule = ruleOf(index);
    const strongest = typeof rule === 'string' ? rule : rule.strongest;
    const model = typeof rule === 'string' ? rule : pickForFloor(request, rule).model;
    const own = request.candidates.find((candidate) => candidate.model === model);
    const best = request.candidates.find((candidate) => candidate.model === strongest);
    if (own === undefined || best === undefined) throw new RangeError(`${model} or ${strongest} was not replayed`);
    sum.requests += weight;
    sum.routed += weight * own.score;
    sum.below += weight * (own.score < leastScore ? 1 : 0);
    sum.strongest += weight * best.score;
    sum.paidNanoUsd += weight * (own.paidNanoUsd ?? own.costNanoUsd);
    sum.strongestNanoUsd += weight * (best.paidNanoUsd ?? best.costNanoUsd);
    sum.toStrongest += weight * (model === strongest ? 1 : 0);
  });
  return sum;
}

export const deliveredShare = ({ routed, strongest }: Delivery): number => routed / strongest;
export const savedShare = ({ paidNanoUsd, strongestNanoUsd }: Delivery): number => 1 - paidNanoUsd / strongestNanoUsd;
