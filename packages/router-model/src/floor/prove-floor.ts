import {
  bettingPValue,
  binomialTail,
  fixedSequenceTest,
  type MeanHypothesis,
  mean,
  normalQuantile,
  variance,
} from '@pointsman/statistics';
import type { Floor } from './floor.ts';
import type { GroupOutcome } from './replay-floor.ts';

/**
 * What a floor says about group outcomes, as a statement about a mean: its values are above `bar` on average exactly when
 * the promise of this `share` is kept.
 */
function hypothesisOf(floor: Floor, share: number, outcomes: readonly GroupOutcome[]): Hypothesis {
  if (floor.kind === 'share-of-strongest') {
    const values = outcomes.map(({ routed, strongest }) => routed - share * strongest);
    return { values, bar: 0, low: -share, high: 1 };
  }
  return { values: outcomes.map(({ below }) => 1 - below), bar: 1 - share, low: 0, high: 1 };
}
type Hypothesis = MeanHypothesis & { values: number[] };

/**
 * The p-value of "the promise is broken", exact for any distribution of independent groups: by the binomial where a
 * group is a single request that falls below a score or not, by betting otherwise.
 */
export function proveFloor(floor: Floor, outcomes: readonly GroupOutcome[], level: number): number {
  return proveShare(floor, floor.share, outcomes, level);
}

function proveShare(floor: Floor, share: number, outcomes: readonly GroupOutcome[], level: number): number {
  if (floor.kind === 'share-below' && outcomes.every(({ requests }) => requests === 1)) {
    const fallen = outcomes.filter(({ below }) => below === 1).length;
    return binomialTail(fallen, outcomes.length, share);
  }
  const { values, ...hypothesis } = hypothesisOf(floor, share, outcomes);
  return bettingPValue(values, { ...hypothesis, level });
}

/**
 * How much better than promised the outcomes prove to be: the share of the strongest model's quality delivered at least,
 * or the share of requests below the score at most; to a thousandth. Undefined when they do not prove the promise itself.
 */
export function boundFloor(floor: Floor, outcomes: readonly GroupOutcome[], level: number): number | undefined {
  const better = floor.kind === 'share-of-strongest' ? BOUND_STEP : -BOUND_STEP;
  const steps = Math.ceil((better > 0 ? HIGHEST_SHARE - floor.share : floor.share) / BOUND_STEP);
  const shareOf = (step: number) => Number((floor.share + step * better).toFixed(9));
  function* pValues() {
    for (let step = 0; step < steps; step++) yield proveShare(floor, shareOf(step), outcomes, level);
  }
  const proven = fixedSequenceTest(pValues(), level);
  return proven === 0 ? undefined : shareOf(proven - 1);
}

/** The share delivered in these outcomes: of the strongest model's quality (1 where that has none), or of requests below the score. */
export function deliveredOf({ kind }: Floor, outcomes: readonly GroupOutcome[]): number {
  if (kind === 'share-below') return mean(outcomes.map(({ below }) => below));
  const strongest = mean(outcomes.map((outcome) => outcome.strongest));
  return strongest > 0 ? mean(outcomes.map(({ routed }) => routed)) / strongest : 1;
}

/**
 * Fewer groups than these are never certified: on fewer, not even a router that fails on none of them could prove itself.
 * For a share below, (1 - share)^n <= level; for a share of the strongest, a group that both answer perfectly multiplies
 * the gambler's wealth by 1 / share at most.
 */
export function fewestGroups({ kind, share }: Floor, level: number): number {
  return Math.ceil(Math.log(level) / Math.log(kind === 'share-of-strongest' ? share : 1 - share));
}

/**
 * About how many groups like these would prove the promise four times in five: by the normal approximation, and then, for
 * it is too low where outcomes hardly vary, as many copies of these as do prove it. Infinite when they do not even keep it
 * on average.
 */
export function groupsToProve(floor: Floor, outcomes: readonly GroupOutcome[], level: number): number {
  const { values, bar } = hypothesisOf(floor, floor.share, outcomes);
  const margin = mean(values) - bar;
  if (values.length < 2 || !(margin > 0)) return Number.POSITIVE_INFINITY;
  const reach = normalQuantile(1 - level) + normalQuantile(POWER);
  let needed = Math.max(fewestGroups(floor, level), Math.ceil((reach * reach * variance(values)) / (margin * margin)));
  while (needed <= MOST_COPIES && proveFloor(floor, copiesOf(outcomes, needed), level) > level) {
    needed = Math.ceil(needed * COPIES_GROWTH);
  }
  return needed;
}

function copiesOf(outcomes: readonly GroupOutcome[], n: number): GroupOutcome[] {
  return Array.from({ length: n }, (_, index) => outcomes[index % outcomes.length]).filter((o) => o !== undefined);
}

const MOST_COPIES = 50_000;
const COPIES_GROWTH = 1.1;
const POWER = 0.8;
const BOUND_STEP = 0.001;
/** Routing can beat the strongest model; proofs of more than this are not looked for. */
const HIGHEST_SHARE = 1.5;
