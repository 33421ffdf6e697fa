import type { EvaluationReport, MeasuredValue, MetricComparison } from '@pointsman/contracts';

const COLUMNS = [
  'by',
  'value',
  'metric',
  'candidate',
  'candidate_low',
  'candidate_high',
  'baseline',
  'baseline_low',
  'baseline_high',
  'difference',
  'difference_low',
  'difference_high',
  'direction',
  'adjusted_p',
  'scored',
  'missing',
  'basis',
] as const;

/** The slices as CSV, a line per slice and metric; scores of 0 to 1, empty where there are too few samples. */
export function slicesCsv({ slices }: EvaluationReport): string {
  const rows = slices.flatMap(({ by, value, metrics }) =>
    metrics.map((metric) => [by, value, ...metricFields(metric)].map(field).join(',')),
  );
  return `${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

function metricFields({ metric, candidate, baseline, difference, direction, ...rest }: MetricComparison) {
  const { adjustedP, basis } = rest;
  const measures = [candidate.mean, baseline?.mean, difference].flatMap(measureFields);
  return [metric, ...measures, direction, adjustedP?.toPrecision(4), candidate.scored, candidate.missing, basis];
}

function measureFields(value: MeasuredValue | undefined): string[] {
  if (value === undefined || 'tooFew' in value) return ['', '', ''];
  return [value.estimate, value.low, value.high].map((number) => String(Number(number.toFixed(6))));
}

/** Quoted where it must be; a text that a spreadsheet would take for a formula is made plain text. */
function field(value: string | number | undefined): string {
  const text = String(value ?? '');
  const plain = /^[=@+\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
