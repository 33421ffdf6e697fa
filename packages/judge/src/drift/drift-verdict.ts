import {
  bootstrapInterval,
  chiSquareQuantile,
  chiSquareSurvival,
  holm,
  type Interval,
  mean,
  meanInterval,
  quantile,
  seededRandom,
  spearman,
} from '@pointsman/statistics';
import type { AnchorScores } from './anchor-scores.ts';
import { dealPValues } from './deal-p-values.ts';
import { agreementChange, type DriftFigure, type DriftTestName, itemSurprise, meanShift } from './drift-figures.ts';
import { type Means, observedMeans, reshuffler } from './rescored-samples.ts';

export type DriftOptions = {
  /** Of the deals and the bootstrap; 1 when absent. */
  seed?: number | string | undefined;
  /** The chance of an alarm when nothing changed, over the three tests together; 0.05 when absent. */
  alpha?: number | undefined;
  /** Deals compared with; 1999 when absent. */
  deals?: number | undefined;
  /**
   * Standard deviation of one sample of the judge about its mean for a reply, from earlier repeated scoring. Only used
   * where every anchor has one sample before and one now, which say nothing of it.
   */
  sampleSd?: number | undefined;
};

export type DriftTest = {
  test: DriftTestName;
  /** Mean shift in points; item surprise in points squared; change of Spearman's correlation with people. */
  observed: number;
  /** Where it lies 95 times in 100 when nothing changed. */
  unchanged: { low: number; high: number };
  /** Of the change, over groups; absent for item surprise, whose `unchanged` says all. */
  effect?: Interval | undefined;
  p: number;
  /** Holm's, for the tests made. */
  adjustedP: number;
  alarm: boolean;
  evidence: string;
};

export type DriftVerdict =
  | {
      verdict: 'steady' | 'drift';
      anchors: number;
      tests: DriftTest[];
      /** One p-value of "nothing changed" from all that could be dealt again: what a watch over nights adds up. */
      overallP: number;
      /** Tests that these anchors do not allow, and what they lack. */
      untested: { test: DriftTestName; why: string }[];
    }
  | { verdict: 'too-few-anchors'; anchors: number; needed: number };

/** Below it a change of the size that matters goes unseen more often than not. */
const LEAST_ANCHORS = 20;
