import { Card, Title } from '@mantine/core';
import type { Economics as EconomicsFigures, EvaluationReport, MeasuredValue } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Measure } from '../benchmark/index.ts';

type Row = { key: string; candidate: MeasuredValue; baseline: MeasuredValue | undefined; as(value: number): string };

/** What a reply costs and how long it takes, on both sides. */
export function Economics({ report: { economics } }: { report: EvaluationReport }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const { candidate, baseline } = economics;
  const row = (key: string, of: (side: EconomicsFigures) => MeasuredValue, as: (value: number) => string): Row => ({
    key,
    candidate: of(candidate),
    baseline: baseline && of(baseline),
    as,
  });
  const rows = [
    row('cost', ({ meanCostNanoUsd }) => meanCostNanoUsd, format.money),
    row('p50', ({ latencyP50Ms }) => latencyP50Ms, format.duration),
    row('p95', ({ latencyP95Ms }) => latencyP95Ms, format.duration),
    row('tokens', ({ meanOutputTokens }) => meanOutputTokens, format.count),
  ];
  const columns: Column<Row>[] = [
    { key: 'figure', header: t('economics.figure'), cell: ({ key }) => t(`economics.${key}`) },
    ...(['candidate', 'baseline'] as const).map(
      (side): Column<Row> => ({
        key: side,
        header: t(`column.${side}`),
        align: 'right',
        cell: (one) => <Measure of={one[side]} as={one.as} />,
      }),
    ),
  ];
  return (
    <Card withBorder padding="md" component="section" aria-label={t('economics.title')}>
      <Title order={2} size="h4" mb="xs">
        {t('economics.title')}
      </Title>
      <DataTable
        caption={t('tableOf', { title: t('economics.title') })}
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </Card>
  );
}
