import type { Interval } from '@pointsman/statistics';
import type { JudgeMeasure } from './benchmark-judges.ts';

type Column = { title: string; cell: (measure: JudgeMeasure) => Interval | undefined; digits: number };

const COLUMNS: Column[] = [
  { title: 'share of ceiling', cell: ({ shareOfCeiling }) => shareOfCeiling, digits: 2 },
  { title: 'Spearman', cell: ({ spearman }) => spearman, digits: 2 },
  { title: 'within a case', cell: ({ withinGroup }) => withinGroup, digits: 2 },
  { title: 'systems', cell: ({ systems }) => systems, digits: 2 },
  { title: 'kappa', cell: ({ kappa }) => kappa, digits: 2 },
  { title: 'bias', cell: ({ bias }) => bias, digits: 2 },
  { title: 'mean error', cell: ({ meanAbsoluteError }) => meanAbsoluteError, digits: 2 },
  { title: 'same in both orders', cell: ({ pairs }) => pairs?.orderConsistency, digits: 2 },
  { title: 'first place', cell: ({ pairs }) => pairs?.firstPlaceBias, digits: 2 },
  { title: 'own family', cell: ({ ownFamily }) => ownFamily, digits: 2 },
  { title: '$ per 1,000', cell: ({ costUsdPer1000 }) => costUsdPer1000, digits: 3 },
  { title: 'ms, median', cell: ({ latencyMs }) => latencyMs.median, digits: 0 },
  { title: 'ms, 95 %', cell: ({ latencyMs }) => latencyMs.p95, digits: 0 },
];

/**
 * A Markdown table for each dimension, judges by their share of the ceiling, best first; each cell an estimate with its
 * 95 % interval. Columns of which no judge has a figure are left out.
 */
export function formatJudgeBenchmark(measures: readonly JudgeMeasure[]): string {
  return [...Map.groupBy(measures, ({ dimension }) => dimension)]
    .map(([dimension, ofDimension]) => `### ${dimension}\n\n${table(ofDimension)}`)
    .join('\n\n');
}

function table(measures: readonly JudgeMeasure[]): string {
  const columns = [...COLUMNS, ...featureColumns(measures)].filter(({ cell }) =>
    measures.some((measure) => isKnown(cell(measure))),
  );
  const sorted = measures.toSorted((a, b) => estimate(b.shareOfCeiling) - estimate(a.shareOfCeiling));
  const lines = [
    ['judge', 'replies', ...columns.map(({ title }) => title)],
    ['---', ...Array<string>(columns.length + 1).fill('---:')],
    ...sorted.map((measure) => [
      measure.judge.replaceAll('|', '\\|'),
      `${measure.replies}`,
      ...columns.map(({ cell, digits }) => shown(cell(measure), digits)),
    ]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function featureColumns(measures: readonly JudgeMeasure[]): Column[] {
  const names = new Set(measures.flatMap(({ features }) => features.map(({ feature }) => feature)));
  return [...names].map((name) => ({
    title: `given for ${name}`,
    cell: ({ features }) => features.find(({ feature }) => feature === name)?.partialCorrelation,
    digits: 2,
  }));
}

const isKnown = (interval: Interval | undefined) => interval !== undefined && !('tooFew' in interval);

const estimate = (interval: Interval) => ('tooFew' in interval ? Number.NEGATIVE_INFINITY : interval.estimate);

function shown(interval: Interval | undefined, digits: number): string {
  if (interval === undefined) return '';
  if ('tooFew' in interval) return 'too few';
  const { estimate: value, low, high } = interval;
  return `${value.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}
