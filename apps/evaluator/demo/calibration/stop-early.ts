import {
  type Interval,
  type MixtureSprtState,
  pairedTTest,
  proportionInterval,
  quantile,
  type Random,
  seededRandom,
  updateMixtureSprt,
} from '@pointsman/statistics';
import { shownPercent, table } from './show.ts';
import type { SystemPair } from './system-pairs.ts';

const ALPHA = 0.05;
/** Items after which one looks again, and gives up. */
const EVERY = 10;
const MOST = 300;
/** Differences of less are not what one wants to find early. */
const LARGE_GAP = 0.3;
/** About the difference hoped for, on the 1-5 scale. */
const MIXTURE_DEVIATION = 0.5;

export type StoppingFigures = {
  rule: 'naive peeking' | 'mixture SPRT';
  /** How often a difference is announced where there is none. */
  falseAlarms: Interval;
  /** Of gaps of 0.3 and more: how often found by the end, with how many items. */
  found: Interval;
  medianStop: number | undefined;
};

export type SequentialSection = { tests: number; largeGaps: number; most: number; rules: StoppingFigures[] };

/** Both rules on the same streams of people's differences, drawn with replacement; without a gap by flipping signs at random. */
export function stopEarly(pairs: readonly SystemPair[], repeats: number): SequentialSection {
  const random = seededRandom('sequential');
  const streams = pairs.flatMap((pair) => Array.from({ length: repeats }, () => stream(pair, random)));
  const large = pairs.filter(({ truth }) => Math.abs(truth) >= LARGE_GAP);
  const gaps = large.flatMap((pair) => Array.from({ length: repeats }, () => stream(pair, random)));
  const none = streams.map((values) => values.map((value) => (random() < 0.5 ? value : -value)));
  const rules = [
    { rule: 'naive peeking' as const, stop: stopNaively },
    { rule: 'mixture SPRT' as const, stop: stopByMixture },
  ].map(({ rule, stop }): StoppingFigures => {
    const alarms = none.map(stop).filter((at) => at !== undefined).length;
    const stops = gaps.map(stop).filter((at) => at !== undefined);
    return {
      rule,
      falseAlarms: proportionInterval(alarms, none.length),
      found: proportionInterval(stops.length, gaps.length),
      medianStop: stops.length === 0 ? undefined : quantile(stops, 0.5),
    };
  });
  return { tests: none.length, largeGaps: gaps.length, most: MOST, rules };
}

function stream({ differences }: SystemPair, random: Random): number[] {
  return Array.from({ length: MOST }, () => differences[Math.floor(random() * differences.length)]?.human ?? 0);
}

/** Where it would stop; undefined where it does not. */
function stopNaively(values: readonly number[]): number | undefined {
  for (let n = EVERY; n <= values.length; n += EVERY) {
    const test = pairedTTest(values.slice(0, n));
    if (!('tooFew' in test) && test.p <= ALPHA) return n;
  }
  return undefined;
}

function stopByMixture(values: readonly number[]): number | undefined {
  let state: MixtureSprtState | undefined;
  for (const [index, value] of values.entries()) {
    state = updateMixtureSprt(state, value, { mixtureDeviation: MIXTURE_DEVIATION });
    if (state.p <= ALPHA) return index + 1;
  }
  return undefined;
}

export function showSequential({ tests, largeGaps, most, rules }: SequentialSection): string {
  const titles = ['', 'false alarms', `found by ${most} items`, 'median stop'];
  const rows = rules.map(({ rule, falseAlarms, found, medianStop }) => [
    rule,
    shownPercent(falseAlarms),
    shownPercent(found),
    medianStop === undefined ? 'never' : `${medianStop} items`,
  ]);
  return `${tests} tests without a difference, ${largeGaps} with one of ${LARGE_GAP} points or more; nominal ${100 * ALPHA} %\n${table(titles, rows)}`;
}
