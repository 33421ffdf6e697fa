import type { MetricComparison } from '@pointsman/contracts';
import type { Pair } from './compare-metrics.ts';

export type Stated = {
  pairs: readonly Pair[];
  metrics: readonly MetricComparison[];
  /** Of the benchmark version. */
  cases: number;
  hasBaseline: boolean;
  /** Ended by looking at the overall score. */
  sequential: boolean;
};

/** What a report does not know, in sentences: a reader must not have to find out alone. */
export function stateUnknowns({ pairs, metrics, cases, hasBaseline, sequential }: Stated): string[] {
  const missing = pairs.filter(({ candidate }) => candidate.item.reply.status === 'missing').length;
  const names = (chosen: readonly MetricComparison[]) => chosen.map(({ metric }) => metric).join(', ');
  const raw = metrics.filter(({ basis }) => basis === 'uncalibrated-judge');
  const unrated = metrics.filter(({ basis }) => basis === 'calibrated-judge');
  const unscored = metrics.filter(({ candidate }) => candidate.missing > 0);
  const statements: [boolean, string][] = [
    [!hasBaseline, 'There is no baseline: the figures describe the candidate, they compare nothing.'],
    [pairs.length < cases, `${cases - pairs.length} of the benchmark's ${cases} cases were not compared.`],
    [
      sequential,
      'The run could end early on the overall score, whose interval allows for it; those of the other metrics and of the slices do not.',
    ],
    [missing > 0, `${missing} of ${pairs.length} replies are missing; the bounds say what they could change.`],
    [
      unscored.length > 0,
      `Unscored replies: ${unscored.map(({ metric, candidate }) => `${metric} ${candidate.missing}`).join(', ')}.`,
    ],
    [
      raw.length > 0,
      `The judge is not calibrated for ${names(raw)}: intervals tell how the cases vary, not how far the judge is from people. On public data such intervals cover the true difference 6 to 26 % of the time.`,
    ],
    [
      unrated.length > 0,
      `Fewer than 20 of these replies were rated by people for ${names(unrated)}: intervals leave out the error of the calibration.`,
    ],
  ];
  return statements.filter(([holds]) => holds).map(([, sentence]) => sentence);
}
