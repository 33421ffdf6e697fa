import { Button, Card, Group, SegmentedControl, Skeleton, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cell, download, toCsv } from './csv.ts';
import { Empty } from './query-state.tsx';

type Props = {
  title: string;
  /** File name of the CSV, without ending. */
  name: string;
  /** The drawing: a lazily loaded component. Give it a text alternative where it says more than the table. */
  chart: ReactNode;
  /** The same numbers as a table. */
  table: ReactNode;
  csv: { header: readonly string[]; rows: readonly (readonly Cell[])[] };
  /** Beside the title: what the numbers mean. */
  definition?: ReactNode;
  height?: number;
};

/** A chart with its table and its CSV: whoever cannot read one reads another. */
export function ChartCard({ title, name, chart, table, csv, definition, height = 280 }: Props) {
  const { t } = useTranslation();
  const [view, setView] = useState('chart');
  return (
    <Card withBorder padding="md" component="section" aria-label={title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Group gap={6}>
          <Title order={2} size="h4">
            {title}
          </Title>
          {definition}
        </Group>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            value={view}
            onChange={setView}
            aria-label={t('chart.as', { title })}
            data={[
              { value: 'chart', label: t('chart.chart') },
              { value: 'table', label: t('chart.table') },
            ]}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
            onClick={() => download(`${name}.csv`, toCsv(csv.header, csv.rows))}
            aria-label={t('chart.download', { title })}
          >
            {t('chart.csv')}
          </Button>
        </Group>
      </Group>
      {csv.rows.length === 0 && <Empty>{t('chart.noData')}</Empty>}
      {csv.rows.length > 0 && view === 'chart' && (
        <Suspense fallback={<Skeleton height={height} />}>
          <figure style={{ margin: 0 }} aria-label={title}>
            {chart}
          </figure>
        </Suspense>
      )}
      {csv.rows.length > 0 && view === 'table' && table}
    </Card>
  );
}
