import { Text } from '@mantine/core';
import type { EvaluationReport } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { ChartCard, Definition } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { ForestPlot } from '../benchmark/index.ts';
import { METRIC_CSV, MetricTable, markOf, metricCsvRow } from './metric-table.tsx';

/** The overall score and each dimension: candidate less baseline on the same cases; means alone without a baseline. */
export function Metrics({ report: { metrics, baseline, alpha, runId } }: { report: EvaluationReport }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const title = t(baseline === undefined ? 'metrics.means' : 'metrics.differences');
  const rows = metrics.map((metric) => ({
    key: metric.metric,
    name: t(`shell:dimension.${metric.metric}`),
    metric,
  }));
  const margin = metrics[0]?.minEffect ?? 0;
  return (
    <ChartCard
      title={title}
      name={`${runId}-metrics`}
      definition={
        <Definition term={title}>
          {t('metrics.definition', { level: format.share(alpha), margin: format.score(margin) })}
        </Definition>
      }
      chart={
        <>
          <Text size="sm" mb="xs">
            {t(baseline === undefined ? 'metrics.chartMeans' : 'metrics.chart', { margin: format.score(margin) })}
          </Text>
          <ForestPlot
            as={baseline === undefined ? format.score : format.signedScore}
            about={0}
            margin={baseline === undefined ? 0 : margin}
            rows={rows.map(({ key, name, metric }) => ({
              key,
              label: name,
              value: baseline === undefined ? metric.candidate.mean : metric.difference,
              mark: markOf(metric),
            }))}
          />
        </>
      }
      table={<MetricTable title={title} rows={rows} />}
      csv={{ header: METRIC_CSV, rows: metrics.map((metric) => metricCsvRow(metric.metric, metric)) }}
    />
  );
}
