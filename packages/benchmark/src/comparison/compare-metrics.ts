import type { Metric, MetricComparison } from '@pointsman/contracts';
import { holm } from '@pointsman/statistics';
import { type CaseValue, isAsked, pairedValue, type ValuedItem } from './case-values.ts';
import { estimateMean, intervalOf, type MeanEstimate } from './estimate-mean.ts';
import { directionOf, type MissingRange, testDifference, verdictOn } from './judge-difference.ts';

export type ComparisonSettings = {
  minEffect: number;
  alpha: number;
  confidence: number;
  /** Whether the judge's scores of the metric were mapped to people's scale. */
  isCalibrated(metric: Metric): boolean;
};

/** Corrects the p-values of many metrics: `holm` for a verdict, `benjaminiHochberg` for a table to look through. */
export type Correction = (pValues: readonly number[]) => number[];

/** A candidate's items with the baseline's of the same cases, where there is a baseline. */
export type Pair = { candidate: ValuedItem; baseline: ValuedItem | undefined };

/** Each metric of candidate against baseline over these cases, corrected for their number together. */
export function compareMetrics(
  pairs: readonly Pair[],
  metrics: readonly Metric[],
  settings: ComparisonSettings,
  correct: Correction = holm,
): MetricComparison[] {
  return correctTogether(
    metrics.map((metric) => measureMetric(pairs, metric, settings)),
    settings,
    correct,
  );
}

/** A metric before its p-values are corrected. */
export type MeasuredMetric = {
  comparison: MetricComparison;
  found: MeanEstimate | undefined;
  missing: MissingRange;
};

/** Corrects and judges metrics that were measured, however they are grouped. */
export function correctTogether(
  measured: readonly MeasuredMetric[],
  { alpha, minEffect }: ComparisonSettings,
  correct: Correction,
): MetricComparison[] {
  const tests = measured.map(({ found, missing }) => found && testDifference(found, missing, minEffect));
  const present = tests.filter((test) => test !== undefined);
  const worse = correct(present.map(({ pWorse }) => pWorse));
  const better = correct(present.map(({ pBetter }) => pBetter));
  let place = -1;
  return measured.map(({ comparison }, index) => {
    const test = tests[index];
    if (test === undefined) return comparison;
    place += 1;
    const corrected = { ...test, adjustedWorse: worse[place] ?? 1, adjustedBetter: better[place] ?? 1 };
    return {
      ...comparison,
      verdict: verdictOn(corrected, alpha),
      direction: directionOf(corrected, alpha),
      p: test.pWorse,
      adjustedP: corrected.adjustedWorse,
    };
  });
}

export function measureMetric(pairs: readonly Pair[], metric: Metric, settings: ComparisonSettings): MeasuredMetric {
  const asked = pairs.filter(({ candidate }) => isAsked(candidate, metric));
  const withBaseline = asked.flatMap(({ candidate, baseline }) =>
    baseline === undefined ? [] : [{ candidate, baseline }],
  );
  const values = withBaseline.map(({ candidate, baseline }) => pairedValue(candidate, baseline, metric));
  const complete = values.filter((value) => value !== undefined);
  const difference = withBaseline.length === 0 ? undefined : estimateMean(complete);
  const missing = missingRange(withBaseline, metric, complete.length);
  const own = asked.map(({ candidate }) => candidate.values[metric]);
  const candidate = estimateMean(own.filter((value) => value !== undefined));
  const interval = intervalOf(difference, settings.confidence, complete.length);
  const comparison: MetricComparison = {
    metric,
    verdict: 'inconclusive',
    direction: 'unclear',
    candidate: sideOf(own, settings.confidence),
    ...(withBaseline.length > 0 && {
      baseline: sideOf(
        withBaseline.map(({ baseline }) => baseline.values[metric]),
        settings.confidence,
      ),
      difference: interval,
    }),
    ...('low' in interval &&
      complete.length < withBaseline.length && {
        bounds: { low: interval.low + missing.low, high: interval.high + missing.high },
      }),
    minEffect: settings.minEffect,
    basis: basisOf(difference ?? candidate, settings.isCalibrated(metric)),
    annotated: (difference ?? candidate)?.annotated ?? 0,
  };
  return { comparison, found: difference, missing };
}

function sideOf(values: readonly (CaseValue | undefined)[], confidence: number): MetricComparison['candidate'] {
  const scored = values.filter((value) => value !== undefined);
  const mean = intervalOf(estimateMean(scored), confidence, scored.length);
  return { mean, scored: scored.length, missing: values.length - scored.length };
}

/**
 * How far the missing pairs can move the mean difference from that of the complete ones: each lies between -1 and 1, or
 * where one side is known, between what that side leaves (Manski 1990).
 */
function missingRange(
  pairs: readonly { candidate: ValuedItem; baseline: ValuedItem }[],
  metric: Metric,
  complete: number,
): MissingRange {
  if (pairs.length === complete || complete === 0) return { low: 0, high: 0 };
  const differences = pairs.map(({ candidate, baseline }) => pairedValue(candidate, baseline, metric));
  const known = differences.filter((value) => value !== undefined);
  const mean = known.reduce((sum, { predicted }) => sum + predicted, 0) / known.length;
  const range = { low: 0, high: 0 };
  for (const [index, { candidate, baseline }] of pairs.entries()) {
    if (differences[index] !== undefined) continue;
    const [ours, theirs] = [candidate.values[metric]?.predicted, baseline.values[metric]?.predicted];
    range.low += ((ours ?? 0) - (theirs ?? 1) - mean) / pairs.length;
    range.high += ((ours ?? 1) - (theirs ?? 0) - mean) / pairs.length;
  }
  return range;
}

function basisOf(found: MeanEstimate | undefined, isCalibrated: boolean): MetricComparison['basis'] {
  if (found?.basis === 'ppi' || found?.basis === 'checks') return found.basis;
  return isCalibrated ? 'calibrated-judge' : 'uncalibrated-judge';
}
