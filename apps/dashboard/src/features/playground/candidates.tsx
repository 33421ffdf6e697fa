import { Badge, Button, Stack, Text } from '@mantine/core';
import type { CandidateRecord, PlaygroundPreview } from '@pointsman/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Estimate } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { orderCandidates, scoreInterval } from './order-candidates.ts';

const FEW = 6;

/** Every model that could have answered: how well, for how much, and why it does or does not. */
export function Candidates({ preview }: { preview: PlaygroundPreview }) {
  const { t } = useTranslation('playground');
  const format = useFormat();
  const [all, setAll] = useState(false);
  const ordered = orderCandidates(preview);
  const columns: Column<CandidateRecord>[] = [
    { key: 'model', header: t('column.model'), cell: (row) => <Fate candidate={row} preview={preview} /> },
    {
      key: 'score',
      header: t('column.score'),
      cell: ({ overall }) =>
        overall === undefined ? (
          <Text span size="sm" c="dimmed">
            {t('notEstimated')}
          </Text>
        ) : (
          <Estimate value={overall.mean} interval={scoreInterval(overall)} estimated as={format.score} />
        ),
    },
    {
      key: 'risk',
      header: t('column.risk'),
      align: 'right',
      cell: ({ risk }) => (risk === undefined ? '–' : <span className="number estimate">≈ {format.share(risk)}</span>),
    },
    {
      key: 'cost',
      header: t('column.cost'),
      align: 'right',
      cell: ({ expectedCostNanoUsd: cost }) =>
        cost === undefined ? (
          t('shell:number.unknown')
        ) : (
          <span className="number estimate">≈ {format.money(cost)}</span>
        ),
    },
    {
      key: 'latency',
      header: t('column.latency'),
      align: 'right',
      cell: ({ latencyP95Ms: ms }) =>
        ms === undefined ? t('shell:number.tooFew') : <span className="number">{format.duration(ms)}</span>,
    },
  ];
  return (
    <Stack gap="xs">
      <DataTable
        caption={t('candidates')}
        columns={columns}
        rows={all ? ordered : ordered.slice(0, FEW)}
        rowKey={({ modelId }) => modelId}
      />
      {ordered.length > FEW && (
        <Button size="xs" variant="default" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t('showFew') : t('showAll', { count: ordered.length })}
        </Button>
      )}
    </Stack>
  );
}

type FateProps = { candidate: CandidateRecord; preview: PlaygroundPreview };

function Fate({ candidate: { modelId, removedBy, detail }, preview: { choice } }: FateProps) {
  const { t } = useTranslation('playground');
  const place = choice.kind === 'chosen' ? choice.plan.indexOf(modelId) : -1;
  return (
    <Stack gap={0} align="flex-start" miw={180}>
      <Text size="sm" fw={place === 0 ? 700 : 400} style={{ overflowWrap: 'anywhere' }}>
        {modelId}
      </Text>
      {place === 0 && (
        <Badge variant="default" tt="none" style={{ flexShrink: 0 }}>
          {t('fate.chosen')}
        </Badge>
      )}
      {place > 0 && (
        <Text size="xs" c="dimmed">
          {t('fate.fallback', { place })}
        </Text>
      )}
      {place < 0 && removedBy !== undefined && (
        <Text size="xs" c="dimmed">
          {t('fate.removed', { why: t(`removal.${removedBy}`) })}
          {detail === undefined ? '' : `: ${detail}`}
        </Text>
      )}
    </Stack>
  );
}
