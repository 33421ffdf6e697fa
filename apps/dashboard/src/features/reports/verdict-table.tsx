import { Card, Text, Title } from '@mantine/core';
import type { Dimension, EvaluatedItem, Verdict } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { byDimension } from '../benchmark/index.ts';

type Row = { dimension: Dimension; candidate: Verdict; baseline: Verdict | undefined };

/** How each dimension of both replies was scored, sample by sample, and why. */
export function VerdictTable({
  candidate,
  baseline,
}: {
  candidate: EvaluatedItem;
  baseline: EvaluatedItem | undefined;
}) {
  const { t } = useTranslation('reports');
  const rows = byDimension(candidate.verdicts).map(
    ({ dimension, value }): Row => ({ dimension, candidate: value, baseline: baseline?.verdicts[dimension] }),
  );
  const columns: Column<Row>[] = [
    { key: 'dimension', header: t('column.metric'), cell: ({ dimension }) => t(`shell:dimension.${dimension}`) },
    ...(baseline === undefined ? [] : (['baseline'] as const)).map(sideColumn),
    sideColumn('candidate'),
  ];
  function sideColumn(side: 'candidate' | 'baseline'): Column<Row> {
    return { key: side, header: t(`column.${side}`), cell: (row) => <VerdictCell verdict={row[side]} /> };
  }
  return (
    <Card withBorder padding="md" component="section" aria-label={t('verdicts.title')}>
      <Title order={2} size="h4">
        {t('verdicts.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('verdicts.note')}
      </Text>
      <DataTable
        caption={t('tableOf', { title: t('verdicts.title') })}
        columns={columns}
        rows={rows}
        rowKey={({ dimension }) => dimension}
      />
    </Card>
  );
}

function VerdictCell({ verdict }: { verdict: Verdict | undefined }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  if (verdict === undefined) return null;
  if (verdict.status === 'unscored')
    return (
      <Text size="sm" c="dimmed">
        {t(`unscored.${verdict.why}`)}
      </Text>
    );
  const samples = verdict.samples.map((sample) => format.score(sample)).join(', ');
  return (
    <Text size="sm" component="div" miw={200}>
      <strong className="number">{format.score(verdict.score)}</strong> {t(`scorer.${verdict.scorer}`, { samples })}
      <Text size="sm" c="dimmed" className="user-text">
        {verdict.explanation}
      </Text>
    </Text>
  );
}
