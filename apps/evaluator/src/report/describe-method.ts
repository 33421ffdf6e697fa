import type { EvaluationReport } from '@pointsman/contracts';
import { dollars, marginText, whole } from './interval-text.ts';

export type Method = {
  /** How the numbers came about, in paragraphs. */
  paragraphs: string[];
  /** What a run needs to be repeated: name and value. */
  facts: [name: string, value: string][];
};

/** How a report was computed and with what: enough to check it, and to run it again. */
export function describeMethod(report: EvaluationReport): Method {
  return { paragraphs: paragraphsOf(report), facts: factsOf(report) };
}

function paragraphsOf(report: EvaluationReport): string[] {
  const { alpha, metrics } = report;
  const margin = marginText(metrics[0]?.minEffect ?? 0);
  return [
    'A score is between 0 and 1; a difference is candidate less baseline on the same cases, in points (hundredths of a score). Checks score a case as they find it; else the judge’s letters are averaged over its samples and, where it was calibrated, mapped to people’s scale. Cases that people rated correct the judge’s mean (PPI++).',
    `Intervals are Student’s, at 95 %, over cases; where all cases agree the rule of three sets the least width. Pass: shown not to be worse by ${margin} points or more (one-sided, level ${alpha}). Regression: shown to be worse (level ${alpha} over all metrics, Holm), and not shown to be worse by less than ${margin} points. Anything else is inconclusive. Equivalent: within ${margin} points either way (TOST).`,
    'Every slice is tested too; their p-values are corrected by the share of false finds (Benjamini and Hochberg), so a marked slice is a place to look, not a verdict. A p-value is of “the candidate is not worse”.',
    'A reply or a score that failed is missing: never 0 and never left out in silence. Bounds show what the difference would be had every missing score been the worst or the best possible. Latency intervals are bootstrapped.',
    ...(wasSequential(report)
      ? [
          'The run could end as soon as the overall score was decided: its interval is a confidence sequence, which holds however often it is looked at, and decides the verdict alone.',
        ]
      : []),
  ];
}

/** A sequence has an interval and no p-value. */
function wasSequential({ metrics }: EvaluationReport): boolean {
  const overall = metrics.find(({ metric }) => metric === 'overall');
  return overall?.difference !== undefined && !('tooFew' in overall.difference) && overall.adjustedP === undefined;
}

function factsOf(report: EvaluationReport): [string, string][] {
  const { benchmark, judge, spent } = report;
  const rubrics = Object.entries(judge.rubrics).map(
    ([name, { version, hash }]) => `${name} v${version} ${hash.slice(0, 8)}`,
  );
  const unknown = spent.unknownCosts === 0 ? '' : `, and ${whole(spent.unknownCosts)} calls of unknown cost`;
  const lost =
    spent.callsInFlightWhenKilled === 0
      ? ''
      : `, ${whole(spent.callsInFlightWhenKilled)} calls under way when a worker died counted at their most`;
  return [
    ['Run', report.runId],
    ...(report.baseline === undefined ? [] : [['Baseline run', report.baseline.runId] as [string, string]]),
    ['Benchmark', `${benchmark.name}@${benchmark.version}, ${whole(benchmark.cases)} cases, ${benchmark.hash}`],
    ['Judge', `${judge.model}, ${judge.samples} samples at temperature ${judge.temperature}, identity ${judge.hash}`],
    ['Judge’s prompt', judge.promptHash],
    ['Rubrics', rubrics.join(', ')],
    [
      'Level and margin',
      `alpha ${report.alpha}, smallest difference that matters ${marginText(report.metrics[0]?.minEffect ?? 0)} points`,
    ],
    ['Spent by the run', `${dollars(spent.nanoUsd)}${unknown}${lost}`],
    ['Started', report.startedAt],
    ['Finished', report.finishedAt],
  ];
}
