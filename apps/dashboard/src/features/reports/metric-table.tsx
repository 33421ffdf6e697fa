import type { MeasuredValue, MetricComparison } from '@pointsman/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cell, type Column, DataTable } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { type ForestRow, Measure } from '../benchmark/index.ts';

/** A compared metric, under a name of its own: a dimension, or a domain. */
export type NamedMetric = { key: string; name: ReactNode; metric: MetricComparison };

/** How a metric is marked on a plot: by what the test says, not by its estimate alone. */
export function markOf({ verdict, direction }: MetricComparison): ForestRow['mark'] {
  if (verdict === 'regression') return 'worse';
  return direction === 'better' ? 'better' : 'unclear';
}

/** Both sides, the difference and the evidence for it. */
export function MetricTable({ title, rows }: { title: string; rows: readonly NamedMetric[] }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const measured = (
    key: string,
    of: (metric: MetricComparison) => MeasuredValue | undefined,
    as: (value: number) => string,
  ): Column<NamedMetric> => ({
    key,
    header: t(`column.${key}`),
    align: 'right',
    cell: ({ metric }) => <Measure of={of(metric)} as={as} />,
  });
  const columns: Column<NamedMetric>[] = [
    { key: 'name', header: t('column.metric'), cell: ({ name }) => name },
    { key: 'verdict', header: t('column.verdict'), cell: ({ metric }) => t(`verdict.${metric.verdict}`) },
    measured('difference', ({ difference }) => difference, format.signedScore),
    measured('candidate', ({ candidate }) => candidate.mean, format.score),
    measured('baseline', ({ baseline }) => baseline?.mean, format.score),
    {
      key: 'p',
      header: t('column.p'),
      align: 'right',
      cell: ({ metric: { adjustedP } }) =>
        adjustedP === undefined ? '–' : adjustedP < 0.001 ? '< 0.001' : format.score(adjustedP),
    },
    { key: 'basis', header: t('column.basis'), cell: ({ metric: { basis } }) => t(`basis.${basis}`) },
    {
      key: 'counts',
      header: t('column.counts'),
      cell: ({ metric: { candidate, annotated } }) =>
        t('scoredOf', { scored: candidate.scored, missing: candidate.missing, annotated }),
    },
  ];
  return <DataTable caption={t('tableOf', { title })} columns={columns} rows={rows} rowKey={({ key }) => key} />;
}

export const METRIC_CSV = [
  'name',
  'verdict',
  'direction',
  'difference',
  'difference_low',
  'difference_high',
  'candidate',
  'candidate_low',
  'candidate_high',
  'baseline',
  'baseline_low',
  'baseline_high',
  'adjusted_p',
  'basis',
  'scored',
  'missing',
  'annotated',
] as const;

const ends = (value: MeasuredValue | undefined): Cell[] =>
  value === undefined || 'tooFew' in value
    ? [undefined, undefined, undefined]
    : [value.estimate, value.low, value.high];

export const metricCsvRow = (name: string, metric: MetricComparison): Cell[] => [
  name,
  metric.verdict,
  metric.direction,
  ...ends(metric.difference),
  ...ends(metric.candidate.mean),
  ...ends(metric.baseline?.mean),
  metric.adjustedP,
  metric.basis,
  metric.candidate.scored,
  metric.candidate.missing,
  metric.annotated,
];
