import { Group, NativeSelect, Stack } from '@mantine/core';
import type { EvaluationReport } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { ChartCard, useFilters } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { ForestPlot } from '../benchmark/index.ts';
import { METRIC_CSV, MetricTable, markOf, metricCsvRow } from './metric-table.tsx';

const GROUPINGS = ['domain', 'task', 'language', 'difficulty'] as const;

/** One metric, by domain, task, language or difficulty. */
export function Slices({ report: { slices, metrics, baseline, runId } }: { report: EvaluationReport }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const [{ by, of }, setFilters] = useFilters({ by: 'domain', of: 'overall' });
  const rows = slices
    .filter((slice) => slice.by === by)
    .flatMap(({ value, metrics: ofSlice }) => {
      const metric = ofSlice.find((one) => one.metric === of);
      return metric === undefined ? [] : [{ key: value, name: value, metric }];
    });
  const title = t('slices.title', { by: t(`by.${by}`), metric: t(`shell:dimension.${of}`) });
  const margin = baseline === undefined ? 0 : (metrics[0]?.minEffect ?? 0);
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label={t('slices.by')}
          value={by}
          onChange={(event) => setFilters({ by: event.currentTarget.value })}
          data={GROUPINGS.map((value) => ({ value, label: t(`by.${value}`) }))}
        />
        <NativeSelect
          label={t('slices.metric')}
          value={of}
          onChange={(event) => setFilters({ of: event.currentTarget.value })}
          data={metrics.map(({ metric }) => ({ value: metric, label: t(`shell:dimension.${metric}`) }))}
        />
      </Group>
      <ChartCard
        title={title}
        name={`${runId}-${by}-${of}`}
        chart={
          <ForestPlot
            as={baseline === undefined ? format.score : format.signedScore}
            about={0}
            margin={margin}
            rows={rows.map(({ key, name, metric }) => ({
              key,
              label: name,
              value: baseline === undefined ? metric.candidate.mean : metric.difference,
              mark: markOf(metric),
            }))}
          />
        }
        table={<MetricTable title={title} rows={rows} />}
        csv={{ header: METRIC_CSV, rows: rows.map(({ key, metric }) => metricCsvRow(key, metric)) }}
      />
    </Stack>
  );
}
