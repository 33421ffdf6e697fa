import type { Interval } from '@pointsman/statistics';
import type { Outcomes, Share, ValidationRow } from './validation-report.ts';

const HEADER = [
  '| model | validation | questions | success | to review | failed | of them refused | not answered | tries per question |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
];

/** The report as a Markdown table, two rows for each model: without validation (the first reply alone) and with it. */
export function formatValidationReport(rows: readonly ValidationRow[]): string {
  return [...HEADER, ...rows.flatMap(formatRow)].join('\n');
}

function formatRow(row: ValidationRow): string[] {
  const line = (validation: string, outcomes: Outcomes, rest: readonly (string | number)[]) => {
    const shares = [outcomes.success, outcomes.toReview, outcomes.failed].map(formatShare);
    return `| ${[row.model.replaceAll('|', '\\|'), validation, row.questions, ...shares, ...rest].join(' | ')} |`;
  };
  return [
    line('without', row.withoutValidation, ['', row.notAnswered, 1]),
    line('with', row.withValidation, [
      row.refused,
      row.notAnswered,
      formatInterval(row.triesPerQuestion, (x) => x.toFixed(2)),
    ]),
  ];
}

const formatShare = ({ count, share }: Share) =>
  `${count}: ${formatInterval(share, (fraction) => `${(100 * fraction).toFixed(1)} %`)}`;

function formatInterval(interval: Interval, format: (value: number) => string): string {
  if ('tooFew' in interval) return 'too few samples';
  return `${format(interval.estimate)} (${format(interval.low)} to ${format(interval.high)})`;
}
