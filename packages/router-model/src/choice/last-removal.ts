import { type CandidateRecord, REMOVALS, type Removal } from '@pointsman/contracts';

const REMOVAL_PLACE = new Map<Removal, number>(REMOVALS.map((removal, place) => [removal, place]));

/** The removal that stands furthest along the order of checks: what the caller would have to relax first. */
export function lastRemoval(considered: readonly CandidateRecord[]): Removal | undefined {
  let last: Removal | undefined;
  let place = -1;
  for (const { removedBy } of considered) {
    if (removedBy === undefined) continue;
    const at = REMOVAL_PLACE.get(removedBy) ?? 0;
    if (at > place) [last, place] = [removedBy, at];
  }
  return last;
}
