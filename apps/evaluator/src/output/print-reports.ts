import { type EvaluationReport, formatUsd, type MeasuredValue, type MetricComparison } from '@pointsman/contracts';
import { printTable } from './print-table.ts';

const HEADLINE = {
  pass: 'PASS: not worse by the minimum effect or more, on every metric',
  regression: 'REGRESSION',
  inconclusive: 'INCONCLUSIVE: not enough evidence',
} as const;

/** The reports as a terminal shows them: verdict, metrics, what is not known, where the whole stands. */
export function printReports(reports: readonly EvaluationReport[], written: readonly string[]): string {
  const parts = reports.map(printReport);
  return [...parts, ...(written.length === 0 ? [] : [`Written: ${written.join(', ')}`])].join('\n\n');
}

function printReport(report: EvaluationReport): string {
  const { candidate, baseline, verdict, metrics, unknowns, spent } = report;
  const against = baseline === undefined ? 'without a baseline' : `against ${nameOf(baseline)} (${baseline.runId})`;
  const table = printTable(
    metrics,
    [
      { title: 'METRIC', value: ({ metric }) => metric },
      { title: 'VERDICT', value: (row) => (baseline === undefined ? undefined : row.verdict) },
      { title: 'CANDIDATE', value: ({ candidate: { mean } }) => inWords(mean) },
      { title: 'BASELINE', value: (row) => row.baseline && inWords(row.baseline.mean) },
      { title: 'DIFFERENCE', value: ({ difference }) => difference && inWords(difference, true) },
      { title: 'ADJUSTED P', value: ({ adjustedP }) => adjustedP?.toFixed(4), align: 'right' },
      { title: 'BY', value: basisText },
    ],
    'Nothing was scored.',
  );
  const head = baseline === undefined ? 'NO BASELINE' : HEADLINE[verdict];
  const notes = [...unknowns, `Spent: $${formatUsd(spent.nanoUsd)}.`].map((line) => `- ${line}`);
  return [`${nameOf(candidate)} ${against}: ${head}`, table, notes.join('\n')].join('\n\n');
}

const nameOf = ({ model, prompt }: EvaluationReport['candidate']): string =>
  prompt === undefined ? model : `${model} with ${prompt.name}`;

const basisText = ({ basis, annotated }: MetricComparison): string =>
  basis === 'ppi' ? `judge and ${annotated} ratings by people` : basis.replace('-', ' ');

function inWords(value: MeasuredValue, signed = false): string {
  if ('tooFew' in value) return 'too few samples';
  const text = (number: number) => `${signed && number > 0 ? '+' : ''}${number.toFixed(3)}`;
  return `${text(value.estimate)} [${text(value.low)}, ${text(value.high)}]`;
}
