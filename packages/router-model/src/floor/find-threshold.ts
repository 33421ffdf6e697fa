import { fixedSequenceTest } from '@pointsman/statistics';
import type { Floor } from './floor.ts';
import type { FloorRule } from './pick-for-floor.ts';
import { fewestGroups, groupsToProve, proveFloor } from './prove-floor.ts';
import { type GroupOutcome, replayFloor, savingOf } from './replay-floor.ts';
import type { Part } from './split-parts.ts';
import { thresholdGrid } from './threshold-grid.ts';

/** A threshold (undefined: always the strongest) and what it brought on the calibration data. */
export type Attempt = { threshold: number | undefined; outcomes: GroupOutcome[]; saving: number };

export type NoThreshold = {
  /** Too few groups to prove it; the promise not kept even on average; kept by nothing cheaper than the strongest. */
  why: 'too-few' | 'not-met' | 'no-saving';
  /** About how many would prove the best attempt, where more would help. */
  groupsNeeded?: number | undefined;
  /** The attempt that the fewest groups would prove; absent when there was none worth proving. */
  best?: Attempt | undefined;
};
export type ThresholdSearch = { kind: 'found'; attempt: Attempt } | ({ kind: 'none' } & NoThreshold);

export type SearchOptions = {
  floor: Floor;
  rule: Omit<FloorRule, 'thresholds'>;
  /** From cautious to bold, set without these requests; by default `thresholdGrid`. */
  thresholds?: readonly number[] | undefined;
};

/**
 * The cheapest threshold whose promise is proven, by Learn-then-Test (Angelopoulos, Bates, Candes, Jordan and Lei 2021):
 * from the most cautious threshold on, each is tested at the full level until the first that fails, so that with
 * probability 1 - level none of the passed ones breaks the promise, and any of them may be taken.
 *
 * Always the strongest model is the most cautious of all. It keeps a share of itself by construction, and is then nothing
 * to certify; its requests below a score are tested first.
 */
export function findThreshold(part: Part, options: SearchOptions): ThresholdSearch {
  const { floor } = options;
  const { groups, level } = part;
  const grid = options.thresholds ?? thresholdGrid(floor);
  const thresholds = floor.kind === 'share-below' ? [undefined, ...grid] : grid;
  // Replayed when the search comes to them.
  const tried: Attempt[] = [];
  function* pValues() {
    for (const threshold of thresholds) {
      const attempt = attemptAt(threshold, part, options);
      tried.push(attempt);
      yield proveFloor(floor, attempt.outcomes, level);
    }
  }
  const passes = groups.length < fewestGroups(floor, level) ? 0 : fixedSequenceTest(pValues(), level);
  const [first, ...others] = tried.slice(0, passes).filter((attempt) => isWorthHaving(attempt, floor));
  if (first !== undefined) {
    return {
      kind: 'found',
      attempt: others.reduce((best, other) => (other.saving > best.saving ? other : best), first),
    };
  }
  for (const threshold of thresholds.slice(tried.length)) {
    if (tried.some((attempt) => isWorthHaving(attempt, floor))) break;
    tried.push(attemptAt(threshold, part, options));
  }
  return whyNone(tried, part, floor);
}

function attemptAt(threshold: number | undefined, { groups, domains }: Part, { floor, rule }: SearchOptions): Attempt {
  const thresholds = new Map(domains.map((domain) => [domain, threshold] as const));
  const outcomes = replayFloor(groups, { ...rule, thresholds }, floor);
  return { threshold, outcomes, saving: savingOf(outcomes) };
}

/** A share of the strongest that saves nothing is had without a certificate. */
function isWorthHaving({ saving }: Attempt, { kind }: Floor): boolean {
  return kind === 'share-below' || saving > 0;
}

function whyNone(attempts: readonly Attempt[], { groups, level }: Part, floor: Floor): ThresholdSearch {
  const have = groups.length;
  const fewest = fewestGroups(floor, level);
  // An attempt is only reached through the more cautious ones, so that the first worth having needs the fewest groups: as
  // many as the most demanding up to it.
  const best = attempts.find((attempt) => isWorthHaving(attempt, floor));
  if (best === undefined) {
    return have < fewest ? { kind: 'none', why: 'too-few', groupsNeeded: fewest } : { kind: 'none', why: 'no-saving' };
  }
  const upToBest = attempts.slice(0, attempts.indexOf(best) + 1);
  const needed = Math.max(...upToBest.map(({ outcomes }) => groupsToProve(floor, outcomes, level)));
  if (have >= fewest && needed === Number.POSITIVE_INFINITY) return { kind: 'none', why: 'not-met', best };
  const groupsNeeded = Number.isFinite(needed) ? Math.max(needed, have + 1) : fewest;
  return { kind: 'none', why: 'too-few', groupsNeeded, best };
}
