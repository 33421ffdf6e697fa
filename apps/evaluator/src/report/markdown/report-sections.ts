import type {
  Economics,
  EvaluationReport,
  MeasuredValue,
  MetricComparison,
  SliceComparison,
} from '@pointsman/contracts';
import { describeMethod } from '../describe-method.ts';
import {
  countText,
  differenceText,
  durationText,
  moneyText,
  pText,
  scoreText,
  shareText,
  whole,
} from '../interval-text.ts';
import {
  BASIS_TITLES,
  benchmarkName,
  contestantName,
  directionTitle,
  METRIC_TITLES,
  VERDICT_TITLES,
} from '../report-words.ts';
import { summariseReport } from '../summarise-report.ts';
import { escapeMarkdown, inlineCode } from './escape-markdown.ts';
import type { Section } from './fit-sections.ts';

const VERDICT_MARKS = { pass: '✅', regression: '❌', inconclusive: '⚪' } as const;

/** Verdict, metrics and what is not known of one candidate: what a pull request is decided by. */
export function verdictSection(report: EvaluationReport): Section {
  const { candidate, baseline, verdict, benchmark, judge } = report;
  const against = baseline === undefined ? '' : ` against ${inlineCode(contestantName(baseline))}`;
  const word =
    baseline === undefined ? 'No baseline' : `${VERDICT_MARKS[verdict]} ${VERDICT_TITLES[verdict].toUpperCase()}`;
  return {
    title: `the verdict on ${inlineCode(contestantName(candidate))}`,
    text: [
      `### ${word}: ${inlineCode(contestantName(candidate))}${against}`,
      `On ${inlineCode(benchmarkName(benchmark))} (${whole(benchmark.cases)} cases), judged by ${inlineCode(judge.model)}.`,
      bullets(summariseReport(report)),
      metricsTable(report),
      '**What is not known**',
      report.unknowns.length === 0 ? 'Nothing that this run would know of.' : bullets(report.unknowns),
    ].join('\n\n'),
  };
}

/** Everything else on one candidate, folded. */
export function detailSections(report: EvaluationReport): Section[] {
  const name = inlineCode(contestantName(report.candidate));
  const { paragraphs, facts } = describeMethod(report);
  const calibration = report.calibration.map(({ dimension, status, detail }) => [
    METRIC_TITLES[dimension],
    status === 'calibrated' ? 'calibrated' : 'not calibrated',
    escapeMarkdown(detail),
  ]);
  return [
    { title: `cost and latency of ${name}`, text: folded('Cost and latency', economicsTable(report)) },
    ...(report.slices.length === 0
      ? []
      : [{ title: `slices of ${name}`, text: folded('Slices', slicesTable(report)) }]),
    {
      title: `calibration and method of ${name}`,
      text: folded(
        'Calibration, and how this was computed',
        [
          table(['Dimension', 'Judge', 'How'], calibration),
          ...judgeReplies(report),
          paragraphs.join('\n\n'),
          bullets(facts.map(([fact, value]) => `${fact}: ${value}`)),
        ].join('\n\n'),
      ),
    },
  ];
}

/** How often the judge answered what could be used. */
function judgeReplies({ judgeValidation: judge }: EvaluationReport): string[] {
  if (judge === undefined) return [];
  const row = (title: string, name: 'success' | 'toReview' | 'failed') => [
    title,
    shareText(judge.withoutValidation[name].share),
    shareText(judge.withValidation[name].share),
  ];
  const rows = [row('usable', 'success'), row('usable, to be looked at', 'toReview'), row('not usable', 'failed')];
  return [table([`${whole(judge.questions)} replies of the judge`, 'First replies alone', 'With validation'], rows)];
}

export const folded = (title: string, body: string): string =>
  `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const bullets = (sentences: readonly string[]): string =>
  sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n');

function metricsTable({ metrics, baseline }: EvaluationReport): string {
  if (metrics.length === 0) return 'Nothing was scored.';
  if (baseline === undefined) {
    const rows = metrics.map((metric) => [
      METRIC_TITLES[metric.metric],
      scoreText(metric.candidate.mean),
      provenance(metric),
    ]);
    return table(['Metric', 'Mean', 'By'], rows);
  }
  const rows = metrics.map((metric) => [
    METRIC_TITLES[metric.metric],
    `${VERDICT_MARKS[metric.verdict]} ${VERDICT_TITLES[metric.verdict].toLowerCase()} (${directionTitle(metric)})`,
    measured(metric.difference, differenceText),
    scoreText(metric.candidate.mean),
    measured(metric.baseline?.mean, scoreText),
    pText(metric.adjustedP),
    provenance(metric),
  ]);
  return table(['Metric', 'Verdict', 'Points', 'Candidate', 'Baseline', 'Adjusted p', 'By'], rows);
}

const measured = (value: MeasuredValue | undefined, text: (value: MeasuredValue) => string): string =>
  value === undefined ? '–' : text(value);

function provenance({ basis, candidate, annotated }: MetricComparison): string {
  const missing = candidate.missing === 0 ? '' : `, ${whole(candidate.missing)} missing`;
  return `${BASIS_TITLES[basis]}${annotated === 0 ? '' : `, ${whole(annotated)} rated by people`}${missing}`;
}

type Line = [name: string, value: (economics: Economics) => MeasuredValue, text: (value: MeasuredValue) => string];

const LINES: readonly Line[] = [
  ['Cost per case', ({ meanCostNanoUsd }) => meanCostNanoUsd, moneyText],
  ['Latency, median', ({ latencyP50Ms }) => latencyP50Ms, durationText],
  ['Latency, 95th percentile', ({ latencyP95Ms }) => latencyP95Ms, durationText],
  ['Tokens per reply', ({ meanOutputTokens }) => meanOutputTokens, countText],
];

function economicsTable({ economics: { candidate, baseline }, metrics }: EvaluationReport): string {
  const overall = metrics.find(({ metric }) => metric === 'overall');
  const rows = LINES.map(([name, value, text]) => [
    name,
    text(value(candidate)),
    measured(baseline && value(baseline), text),
  ]);
  const quality = [
    'Overall score',
    measured(overall?.candidate.mean, scoreText),
    measured(overall?.baseline?.mean, scoreText),
  ];
  const unknown =
    candidate.unknownCosts === 0 ? '' : `\n\nThe cost of ${whole(candidate.unknownCosts)} replies is not known.`;
  return `${table(['', 'Candidate', 'Baseline'], [quality, ...rows])}${unknown}`;
}

/** Overall for every slice, and the other metrics where they moved: the whole table is in the HTML report. */
function slicesTable({ slices }: EvaluationReport): string {
  const rows = slices.map(({ by, value, metrics }) => [
    by,
    escapeMarkdown(value),
    overallText(metrics),
    metrics.filter(hasMoved).map(movedText).join('; ') || '–',
  ]);
  return table(['By', 'Slice', 'Overall', 'Moved, corrected for the number of slices'], rows);
}

function overallText(metrics: SliceComparison['metrics']): string {
  const overall = metrics.find(({ metric }) => metric === 'overall');
  if (overall === undefined) return '–';
  return overall.difference === undefined ? scoreText(overall.candidate.mean) : differenceText(overall.difference);
}

const hasMoved = ({ metric, direction }: MetricComparison): boolean =>
  metric !== 'overall' && (direction === 'worse' || direction === 'better');

const movedText = ({ metric, difference }: MetricComparison): string =>
  `${METRIC_TITLES[metric]} ${measured(difference, differenceText)}`;
