import { Badge, Text } from '@mantine/core';
import type { CandidateRecord, Decision } from '@pointsman/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ChartCard, type Column, DataTable, Definition, Estimate } from '../../components/index.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { EstimatesPicture } from './estimates-picture.tsx';
import { intervalOf, orderCandidates } from './explain-decision.ts';

/** Every candidate with its estimate, its cost, and what removed it: as a picture, a table, a file. */
export function CandidatesCard({ decision }: { decision: Decision }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const candidates = orderCandidates(decision);
  const rows = candidates.map((candidate) => [
    candidate.modelId,
    candidate.overall?.mean,
    candidate.overall?.spread,
    candidate.risk,
    candidate.expectedCostNanoUsd,
    candidate.latencyP95Ms,
    candidate.removedBy,
    candidate.detail,
  ]);
  const header = [
    'model',
    'mean',
    'spread',
    'risk',
    'expected_cost_nano_usd',
    'latency_p95_ms',
    'removed_by',
    'detail',
  ];
  return (
    <ChartCard
      title={t('candidates.title')}
      name={`candidates-${decision.id}`}
      definition={<Definition term={t('candidates.title')}>{t('candidates.meaning')}</Definition>}
      chart={
        <EstimatesPicture candidates={candidates} served={decision.modelId} bar={decision.bar?.minScores.overall} />
      }
      table={
        <DataTable
          caption={t('candidates.title')}
          columns={columnsOf(t, format, decision.modelId)}
          rows={candidates}
          rowKey={({ modelId }) => modelId}
        />
      }
      csv={{ header, rows }}
    />
  );
}

function columnsOf(t: TFunction<'requests'>, format: Format, served: string | undefined): Column<CandidateRecord>[] {
  const orDash = <T,>(value: T | undefined, as: (value: T) => string) => (value === undefined ? '–' : as(value));
  return [
    {
      key: 'model',
      header: t('attempts.model'),
      cell: ({ modelId }) => (
        <>
          {modelId}{' '}
          {modelId === served && (
            <Badge size="sm" color="indigo.8" tt="none">
              {t('candidates.served')}
            </Badge>
          )}
        </>
      ),
    },
    {
      key: 'quality',
      header: t('column.quality'),
      align: 'right',
      cell: ({ overall }) =>
        overall ? <Estimate value={overall.mean} interval={intervalOf(overall)} estimated as={format.score} /> : '–',
    },
    { key: 'risk', header: t('column.risk'), align: 'right', cell: ({ risk }) => orDash(risk, format.share) },
    {
      key: 'cost',
      header: t('column.expectedCost'),
      align: 'right',
      cell: ({ expectedCostNanoUsd }) => orDash(expectedCostNanoUsd, format.money),
    },
    {
      key: 'latency',
      header: t('column.latencyP95'),
      align: 'right',
      cell: ({ latencyP95Ms }) => orDash(latencyP95Ms, format.duration),
    },
    { key: 'basis', header: t('column.basis'), cell: ({ basis }) => orDash(basis, (known) => t(`basis.${known}`)) },
    {
      key: 'removed',
      header: t('column.removed'),
      cell: ({ removedBy, detail }) =>
        removedBy === undefined ? (
          t('candidates.inTheRunning')
        ) : (
          <>
            {t(`removal.${removedBy}`)}
            {detail && (
              <Text size="xs" c="dimmed">
                {detail}
              </Text>
            )}
          </>
        ),
    },
  ];
}
