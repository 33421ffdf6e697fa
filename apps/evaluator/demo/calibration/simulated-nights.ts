import {
  type AnchorScores,
  type DriftWatch,
  driftVerdict,
  FIRST_NIGHT,
  watchDrift,
} from '@pointsman/judge/calibration';
import { type Interval, mean, proportionInterval, quantile, type Random, seededRandom } from '@pointsman/statistics';
import { humanMean, type RatedReply } from './judge-data.ts';

const ANCHORS = 80;
const SAMPLES = 5;
const NIGHTS = 20;
const CHANGE_AT = 7;
/** Of the anchors whose scores are exchanged in a change: the mean stays. */
const EXCHANGED = 0.4;

export type NightsSection = {
  anchors: number;
  nights: number;
  months: number;
  /** Of months in which nothing changes: with an alarm when each night is tested at 5 %, and by the watch. */
  falseMonthsNightly: Interval;
  falseMonthsWatched: Interval;
  /** Of months in which the judge changes after night 10: with an alarm by the end, and how many nights later. */
  foundWatched: Interval;
  medianDelay: number | undefined;
};

type Distribution = readonly number[];

/**
 * Nights of re-scored anchors, drawn from the judge's own published distributions: months without a change, and months in
 * which the scores of some anchors are exchanged, so that their mean stays what it was.
 */
export function simulateNights(replies: readonly RatedReply[], months: number): NightsSection {
  const anchors = spanningAnchors(replies);
  const random = seededRandom('nights');
  const steady = Array.from({ length: months }, (_, month) => watchMonth(anchors, `steady ${month}`, random));
  const changed = Array.from({ length: months }, (_, month) =>
    watchMonth(anchors, `changed ${month}`, random, CHANGE_AT),
  );
  const delays = changed
    .map(({ watchAlarm }) => watchAlarm)
    .filter((night) => night !== undefined && night > CHANGE_AT);
  return {
    anchors: anchors.length,
    nights: NIGHTS,
    months,
    falseMonthsNightly: proportionInterval(
      steady.filter(({ nightlyAlarm }) => nightlyAlarm !== undefined).length,
      months,
    ),
    falseMonthsWatched: proportionInterval(steady.filter(({ watchAlarm }) => watchAlarm !== undefined).length, months),
    foundWatched: proportionInterval(delays.length, months),
    medianDelay:
      delays.length === 0
        ? undefined
        : quantile(
            delays.map((night) => (night ?? 0) - CHANGE_AT),
            0.5,
          ),
  };
}

/** The replies scored lowest and highest: anchors that do not span the scale do not show that a judge confuses them. */
function spanningAnchors(replies: readonly RatedReply[]): RatedReply[] {
  const ascending = replies
    .filter(({ dimension, judges }) => dimension === 'overall_satisfaction' && judges[0]?.distribution !== undefined)
    .toSorted((a, b) => centreOf(distributionOf(a)) - centreOf(distributionOf(b)));
  return [...ascending.slice(0, ANCHORS / 2), ...ascending.slice(-ANCHORS / 2)];
}

function watchMonth(anchors: readonly RatedReply[], seed: string, random: Random, changeAt = NIGHTS) {
  const before = anchors.map(distributionOf);
  const after = exchange(before, random);
  const pinned = before.map((distribution) => samples(distribution, random));
  let watch: DriftWatch = FIRST_NIGHT;
  let [nightlyAlarm, watchAlarm]: (number | undefined)[] = [];
  for (let night = 1; night <= NIGHTS; night++) {
    const distributions = night > changeAt ? after : before;
    const tonight = distributions.map((distribution) => samples(distribution, random));
    const scores = anchors.map(
      (anchor, index): AnchorScores => ({
        group: anchor.group_id,
        human: humanMean(anchor),
        pinned: pinned[index] ?? [],
        tonight: tonight[index] ?? [],
      }),
    );
    const verdict = driftVerdict(scores, { seed: `${seed} ${night}`, deals: 399, resamples: 20 });
    if (verdict.verdict === 'too-few-anchors') throw new Error(`${verdict.anchors} anchors are too few`);
    watch = watchDrift(watch, verdict.overallP);
    if (verdict.verdict === 'drift') nightlyAlarm ??= night;
    if (watch.alarm) watchAlarm ??= night;
    for (const [index, own] of tonight.entries()) pinned[index]?.push(...own);
  }
  return { nightlyAlarm, watchAlarm };
}

const distributionOf = (reply: RatedReply): Distribution => reply.judges[0]?.distribution ?? [];

function samples(distribution: Distribution, random: Random): number[] {
  return Array.from({ length: SAMPLES }, () => {
    let left = random() * distribution.reduce((sum, share) => sum + share, 0);
    for (const [index, share] of distribution.entries()) {
      left -= share;
      if (left < 0) return index + 1;
    }
    return distribution.length;
  });
}

/** The same distributions, some of them at each other's places: the lowest at the highest. */
function exchange(distributions: readonly Distribution[], random: Random): Distribution[] {
  const moving = distributions.map((_, index) => index).filter(() => random() < EXCHANGED);
  const after = [...distributions];
  for (const [place, index] of moving.entries()) {
    const from = moving[moving.length - 1 - place];
    const taken = from === undefined ? undefined : distributions[from];
    if (taken !== undefined) after[index] = taken;
  }
  return after;
}

/** The standard deviation of one sample of this judge about its mean for a reply. */
export function sampleDeviation(replies: readonly RatedReply[]): number {
  const distributions = replies.map(distributionOf).filter(({ length }) => length > 0);
  return Math.sqrt(mean(distributions.map(varianceOf)));
}

function varianceOf(distribution: Distribution): number {
  const centre = centreOf(distribution);
  return momentOf(distribution, (score) => (score - centre) ** 2);
}

const centreOf = (distribution: Distribution) => momentOf(distribution, (score) => score);

function momentOf(distribution: Distribution, value: (score: number) => number): number {
  const total = distribution.reduce((sum, share) => sum + share, 0);
  return distribution.reduce((sum, share, index) => sum + (share / total) * value(index + 1), 0);
}
