import type { EvaluationReport, MeasuredValue, MetricComparison } from '@pointsman/contracts';
import { csvField } from '../output/csv-field.ts';

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
    metrics.map((metric) => [by, value, ...metricFields(metric)].map(csvField).join(',')),
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
