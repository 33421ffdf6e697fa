import { SegmentedControl, Stack } from '@mantine/core';
import type { OverviewDay } from '@pointsman/contracts';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartCard, type Column, DataTable, Estimate } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { spentOf } from './figure-cards.tsx';

const SeriesChart = lazy(async () => ({ default: (await import('./series-chart.tsx')).SeriesChart }));

export const METRICS = ['spend', 'requests', 'quality'] as const;
export type Metric = (typeof METRICS)[number];

type Props = { days: readonly OverviewDay[]; metric: string; onMetric(metric: string): void };

const CSV_HEADER = [
  'day',
  'requests',
  'spend_nano_usd',
  'estimated_spend_nano_usd',
  'unknown_cost_requests',
  'quality',
  'quality_low',
  'quality_high',
  'saved_nano_usd',
  'error_share',
];

/** Spend, requests or quality over the days of the period. */
export function Series({ days, metric: asked, onMetric }: Props) {
  const { t } = useTranslation('overview');
  const metric = METRICS.find((known) => known === asked) ?? 'spend';
  const rows = days.map((day) => [
    day.day,
    day.requests,
    spentOf(day),
    day.spend.estimatedNanoUsd,
    day.spend.unknownCount,
    day.quality.value,
    day.quality.interval?.low,
    day.quality.interval?.high,
    day.saved.nanoUsd.value,
    day.errors.value,
  ]);
  return (
    <ChartCard
      title={t('series.title')}
      name="pointsman-days"
      csv={{ header: CSV_HEADER, rows }}
      table={<DayTable days={days} />}
      chart={
        <Stack gap="xs">
          <SegmentedControl
            size="xs"
            w="fit-content"
            aria-label={t('series.metric')}
            value={metric}
            onChange={onMetric}
            data={METRICS.map((value) => ({ value, label: t(`figure.${value}`) }))}
          />
          <SeriesChart days={days} metric={metric} />
        </Stack>
      }
    />
  );
}

function DayTable({ days }: { days: readonly OverviewDay[] }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const columns: Column<OverviewDay>[] = [
    { key: 'day', header: t('column.day'), cell: ({ day }) => format.day(day) },
    { key: 'requests', header: t('figure.requests'), align: 'right', cell: (row) => format.count(row.requests) },
    { key: 'spend', header: t('figure.spend'), align: 'right', cell: (row) => format.money(spentOf(row)) },
    {
      key: 'quality',
      header: t('figure.quality'),
      align: 'right',
      cell: ({ quality }) => <Estimate value={quality.value} interval={quality.interval} estimated as={format.score} />,
    },
    {
      key: 'errors',
      header: t('figure.errors'),
      align: 'right',
      cell: ({ errors }) => <Estimate value={errors.value} interval={errors.interval} as={format.share} />,
    },
  ];
  return <DataTable caption={t('series.title')} columns={columns} rows={days} rowKey={({ day }) => day} />;
}
