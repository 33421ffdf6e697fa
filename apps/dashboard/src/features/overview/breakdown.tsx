import { Button, Card, Group, NativeSelect, Text, Title } from '@mantine/core';
import type { Overview, OverviewRow } from '@pointsman/contracts';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Cell, DataTable, Definition, download, Empty, sortRows, toCsv } from '../../components/index.ts';
import { cellValue, useBreakdownColumns } from './breakdown-columns.tsx';
import { spentOf } from './figure-cards.tsx';

const GROUPINGS = ['model', 'domain', 'task', 'policy', 'key', 'tag'] as const;

type Props = {
  overview: Overview;
  /** All clients together: they can be told apart. */
  ofAll: boolean;
  sort: string;
  onBy(by: string): void;
  onSort(sort: string): void;
};

const CSV_HEADER = [
  'key',
  'name',
  'requests',
  'spend_nano_usd',
  'estimated_spend_nano_usd',
  'unknown_cost_requests',
  'quality',
  'quality_low',
  'quality_high',
  'saved_nano_usd',
  'saved_share',
  'oversized_share',
  'undersized_share',
  'error_share',
  'mean_latency_ms',
  'p95_latency_ms',
];

const csvRow = (row: OverviewRow): Cell[] => [
  row.key,
  row.name,
  row.requests,
  spentOf(row),
  row.spend.estimatedNanoUsd,
  row.spend.unknownCount,
  row.quality.value,
  row.quality.interval?.low,
  row.quality.interval?.high,
  row.saved.nanoUsd.value,
  row.saved.share.value,
  row.oversized.value,
  row.undersized.value,
  row.errors.value,
  row.meanLatencyMs,
  row.latency?.p95.value,
];

/** The period by model, domain, task, policy, key, tag or client. */
export function Breakdown({ overview, ofAll, sort, onBy, onSort }: Props) {
  const { t } = useTranslation('overview');
  const { by, rows, moreRows } = overview;
  const columns = useBreakdownColumns(overview);
  const groupings = ofAll ? [...GROUPINGS, 'client' as const] : GROUPINGS;
  return (
    <Card withBorder padding="md" component="section" aria-label={t('breakdown.title')}>
      <Group justify="space-between" mb="sm" gap="xs" align="flex-end">
        <Group gap={6}>
          <Title order={2} size="h4">
            {t('breakdown.title')}
          </Title>
          {by === 'tag' && <Definition term={t('by.tag')}>{t('definition.tag')}</Definition>}
        </Group>
        <Group gap="xs" align="flex-end">
          <NativeSelect
            size="xs"
            label={t('breakdown.by')}
            value={by}
            onChange={(event) => onBy(event.currentTarget.value)}
            data={groupings.map((value) => ({ value, label: t(`by.${value}`) }))}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
            aria-label={t('shell:chart.download', { title: t('breakdown.title') })}
            onClick={() => download(`pointsman-by-${by}.csv`, toCsv(CSV_HEADER, rows.map(csvRow)))}
          >
            {t('shell:chart.csv')}
          </Button>
        </Group>
      </Group>
      {rows.length === 0 ? (
        <Empty>{by === 'tag' ? t('breakdown.noTags') : undefined}</Empty>
      ) : (
        <DataTable
          caption={t('breakdown.caption', { by: t(`by.${by}`) })}
          columns={columns}
          rows={sortRows(rows, sort, cellValue)}
          rowKey={({ key }) => key}
          sort={{ value: sort, onChange: onSort }}
        />
      )}
      {moreRows > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('breakdown.more', { count: moreRows })}
        </Text>
      )}
    </Card>
  );
}
