import { Badge, Text } from '@mantine/core';
import type { DecisionExplanation, ExplainedCandidate } from '@pointsman/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ChartCard, type Column, DataTable, Definition, Estimate } from '../../components/index.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { EstimatesPicture } from './estimates-picture.tsx';

/** Every candidate with its estimate, its cost, and what removed it: as a picture, a table, a file. */
export function CandidatesCard({ explanation }: { explanation: DecisionExplanation }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const { candidates, decision } = explanation;
  const rows = candidates.map((candidate) => [
    candidate.modelId,
    candidate.overall?.mean,
    candidate.overall?.low,
    candidate.overall?.high,
    candidate.risk,
    candidate.expectedCostNanoUsd,
    candidate.latencyP95Ms,
    candidate.removal?.by,
    candidate.removal?.detail,
  ]);
  const header = [
    'model',
    'mean',
    'low',
    'high',
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
      chart={<EstimatesPicture candidates={candidates} bar={decision.bar?.minScores.overall} />}
      table={
        <DataTable
          caption={t('candidates.title')}
          columns={columnsOf(t, format)}
          rows={candidates}
          rowKey={({ modelId }) => modelId}
        />
      }
      csv={{ header, rows }}
    />
  );
}

function columnsOf(t: TFunction<'requests'>, format: Format): Column<ExplainedCandidate>[] {
  const orDash = <T,>(value: T | undefined, as: (value: T) => string) => (value === undefined ? '–' : as(value));
  return [
    {
      key: 'model',
      header: t('attempts.model'),
      cell: ({ modelId, answered }) => (
        <>
          {modelId}{' '}
          {answered && (
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
        overall ? <Estimate value={overall.mean} interval={overall} estimated as={format.score} /> : '–',
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
      cell: ({ removal }) =>
        removal === undefined ? (
          t('candidates.inTheRunning')
        ) : (
          <>
            {t(`removal.${removal.by}`)}
            {removal.detail && (
              <Text size="xs" c="dimmed">
                {removal.detail}
              </Text>
            )}
          </>
        ),
    },
  ];
}
