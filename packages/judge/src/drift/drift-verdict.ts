import { holm, type Interval } from '@pointsman/statistics';
import type { AnchorScores } from './anchor-scores.ts';
import { dealTests } from './deal-tests.ts';
import { agreementEffect, shiftEffect } from './drift-effects.ts';
import type { DriftTestName } from './drift-figures.ts';
import { surpriseAgainstNoise } from './surprise-against-noise.ts';

export type DriftOptions = {
  /** Of the deals and the bootstrap; 1 when absent. */
  seed?: number | string | undefined;
  /** The chance of an alarm when nothing changed, over the three tests together; 0.05 when absent. */
  alpha?: number | undefined;
  /** Deals compared with; 1999 when absent. */
  deals?: number | undefined;
  /** Of the bootstrap over groups; 500 when absent. */
  resamples?: number | undefined;
  /**
   * Standard deviation of one sample of the judge about its mean for a reply, from earlier repeated scoring. Only used
   * where every anchor has one sample before and one now, which say nothing of it.
   */
  sampleSd?: number | undefined;
};

/** One test of "the judge has not changed". */
export type MadeTest = {
  test: DriftTestName;
  /** Mean shift in points; item surprise as mean square in points squared; change of Spearman's correlation with people. */
  observed: number;
  /** Where it lies 95 times in 100 when nothing changed. */
  unchanged: { low: number; high: number };
  p: number;
};

export type DriftTest = MadeTest & {
  /** Of the change, over groups; absent for item surprise, of which `unchanged` says all. */
  effect?: Interval | undefined;
  /** Holm's, over the tests made. */
  adjustedP: number;
  alarm: boolean;
  /** In words. */
  evidence: string;
};

export type DriftVerdict =
  | {
      verdict: 'steady' | 'drift';
      anchors: number;
      tests: DriftTest[];
      /** Tests that these anchors do not allow, and what they lack. */
      untested: { test: DriftTestName; why: string }[];
      /** One p-value of "nothing changed", exact at any number of nights looked at: what a watch adds up. */
      overallP: number;
    }
  | { verdict: 'too-few-anchors'; anchors: number; needed: number };

/** Below it a change of the size that matters goes unseen more often than not. */
export const LEAST_ANCHORS = 20;

/**
 * Whether a judge still scores as when it was pinned: by its mean, by single anchors, by its agreement with people. One
 * test alone misses changes the others see; alarms are corrected for there being three (Holm).
 *
 * Drift is tested, not its size: see `effect`. An anchor without samples on either side counts as not there.
 */
export function driftVerdict(anchors: readonly AnchorScores[], options: DriftOptions = {}): DriftVerdict {
  const { seed = 1, alpha = 0.05, deals = 1999, resamples = 500, sampleSd } = options;
  const scored = anchors.filter(({ pinned, tonight }) => pinned.length > 0 && tonight.length > 0);
  if (scored.length < LEAST_ANCHORS)
    return { verdict: 'too-few-anchors', anchors: scored.length, needed: LEAST_ANCHORS };
  const dealt = dealTests(scored, { seed, deals });
  const tested = new Set(dealt.tests.map(({ test }) => test));
  const bySd = !tested.has('item-surprise') && sampleSd !== undefined ? [surpriseAgainstNoise(scored, sampleSd)] : [];
  const made = [...dealt.tests, ...bySd];
  const adjusted = holm(made.map(({ p }) => p));
  const tests = made.map((test, index): DriftTest => {
    const adjustedP = adjusted[index] ?? 1;
    const effect = effectOf(test, scored, { seed, resamples });
    return { ...test, ...(effect && { effect }), adjustedP, alarm: adjustedP <= alpha, evidence: describe(test) };
  });
  return {
    verdict: tests.some(({ alarm }) => alarm) ? 'drift' : 'steady',
    anchors: scored.length,
    tests,
    untested: dealt.untested.filter(({ test }) => !made.some((one) => one.test === test)),
    overallP: dealt.overallP,
  };
}

function effectOf(
  { test }: MadeTest,
  anchors: readonly AnchorScores[],
  resampling: { seed: number | string; resamples: number },
): Interval | undefined {
  if (test === 'mean-shift') return shiftEffect(anchors);
  return test === 'agreement' ? agreementEffect(anchors, resampling) : undefined;
}

function describe({ test, observed, unchanged }: MadeTest): string {
  const range = (format: (value: number) => string) => `${format(unchanged.low)} to ${format(unchanged.high)}`;
  switch (test) {
    case 'mean-shift':
      return `scores moved by ${signed(observed)} on average; without a change ${range(signed)}`;
    case 'item-surprise':
      return `single anchors moved by ${root(observed)} beyond that; without a change ${range(root)}`;
    case 'agreement':
      return `the correlation with people changed by ${signed(observed)}; without a change ${range(signed)}`;
  }
}

const signed = (value: number) => `${value > 0 ? '+' : ''}${value.toFixed(2)}`;
const root = (value: number) => Math.sqrt(value).toFixed(2);
