import type { Attempt, NoThreshold } from './find-threshold.ts';
import type { Floor } from './floor.ts';
import { deliveredOf } from './prove-floor.ts';
import type { Part } from './split-parts.ts';

export type FloorRefusal = {
  kind: 'refused';
  why: Shortfall['why'];
  /** For the person who asked: what was wanted, what came out, what to do. */
  message: string;
  /** Independent groups of near-duplicate requests: of all data, or of the domain that came nearest. */
  groupsHave: number;
  /** About how many would do; absent when more of the same data would not help. */
  groupsNeeded?: number | undefined;
  /** What came nearest, as it was on this data: not proven. */
  best?: { domains: string[]; threshold?: number | undefined; delivered: number; saving: number } | undefined;
};

/** No threshold is proven, or another model proves better than the one the floor is to be measured by. */
export type Shortfall = NoThreshold | { why: 'not-strongest'; strongest: string; better: string };

/** Says why a part of the traffic is not certified. */
export function refuseFloor(shortfall: Shortfall, part: Part, floor: Floor): FloorRefusal {
  const { groupsNeeded, best } = shortfall.why === 'not-strongest' ? {} : shortfall;
  return {
    kind: 'refused',
    why: shortfall.why,
    message: explain(shortfall, part, floor),
    groupsHave: part.groups.length,
    ...(groupsNeeded === undefined ? {} : { groupsNeeded }),
    ...(best === undefined ? {} : { best: describeAttempt(best, part, floor) }),
  };
}

function describeAttempt(
  { threshold, outcomes, saving }: Attempt,
  { domains }: Part,
  floor: Floor,
): FloorRefusal['best'] {
  const delivered = deliveredOf(floor, outcomes);
  return { domains, ...(threshold === undefined ? {} : { threshold }), delivered, saving };
}

function explain(shortfall: Shortfall, { groups, domains }: Part, floor: Floor): string {
  const where = domains.length === 1 ? ` in ${domains[0]}` : '';
  const promise = `${promiseOf(floor)} at ${percent(floor.confidence)} confidence`;
  const stays =
    floor.kind === 'share-of-strongest' ? ' The strongest model answers meanwhile, which keeps the promise.' : '';
  switch (shortfall.why) {
    case 'not-strongest':
      return `${shortfall.strongest} is predicted to be the strongest, but ${shortfall.better} proves better on these data: name the strongest model.`;
    case 'no-saving':
      return `Nothing cheaper than the strongest model keeps ${promise}${where}: use the strongest, or ask for less.`;
    case 'not-met':
      return `The data${where} do not keep ${promise}, not even on average${nearest(shortfall, floor)}: ask for less, or add better models.${stays}`;
    case 'too-few': {
      const missing = `at least about ${shortfall.groupsNeeded} independent requests are needed, ${groups.length} are there`;
      return `Too few data${where} for ${promise}: ${missing}${nearest(shortfall, floor)}.${stays}`;
    }
  }
}

function nearest({ best }: NoThreshold, floor: Floor): string {
  if (best === undefined) return '';
  const delivered = percent(deliveredOf(floor, best.outcomes));
  const what = floor.kind === 'share-of-strongest' ? `delivered ${delivered}` : `left ${delivered} of requests below`;
  return `; the nearest attempt ${what} and saved ${percent(best.saving)} of the cost`;
}

function promiseOf(floor: Floor): string {
  return floor.kind === 'share-of-strongest'
    ? `at least ${percent(floor.share)} of the strongest model's quality`
    : `at most ${percent(floor.share)} of requests below ${floor.score}`;
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
