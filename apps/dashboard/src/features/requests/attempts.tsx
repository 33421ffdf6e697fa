import { Card, Title } from '@mantine/core';
import type { Attempt } from '@pointsman/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/index.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { CostText } from './cost-text.tsx';

/** Who was called, in order, and what became of each call. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  return (
    <Card withBorder padding="md" component="section" aria-label={t('attempts.title')}>
      <Title order={2} size="h4" mb="sm">
        {t('attempts.title')}
      </Title>
      <DataTable
        caption={t('attempts.title')}
        columns={columnsOf(t, format)}
        rows={attempts}
        rowKey={({ startedAtMs, modelId }) => `${startedAtMs} ${modelId}`}
      />
    </Card>
  );
}

function columnsOf(t: TFunction<'requests'>, format: Format): Column<Attempt>[] {
  const duration = (ms: number | undefined) => (ms === undefined ? '–' : format.duration(ms));
  return [
    { key: 'model', header: t('attempts.model'), cell: ({ modelId }) => modelId },
    {
      key: 'outcome',
      header: t('column.outcome'),
      cell: ({ outcome, failure, status, message }) =>
        [t(`outcome.${outcome}`), failure && t(`failure.${failure}`), status, message].filter(Boolean).join(' · '),
    },
    { key: 'first', header: t('attempts.first'), align: 'right', cell: ({ firstTokenMs }) => duration(firstTokenMs) },
    { key: 'total', header: t('attempts.total'), align: 'right', cell: ({ totalMs }) => duration(totalMs) },
    { key: 'cost', header: t('column.cost'), align: 'right', cell: ({ cost }) => <CostText cost={cost} /> },
    {
      key: 'id',
      header: t('attempts.providerId'),
      cell: ({ providerRequestId }) => <span className="user-text">{providerRequestId ?? '–'}</span>,
    },
  ];
}
