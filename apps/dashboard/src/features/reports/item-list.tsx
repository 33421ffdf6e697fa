import { Card, Group, NativeSelect, Text, Title } from '@mantine/core';
import type { ComparedItem, RunDetail, RunSide } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Pager, QueryState, useFilters } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { METRICS, PageLink } from '../benchmark/index.ts';
import { ITEMS_ON_A_PAGE, type ItemFilters, useItems } from './queries.ts';

const MOVES = ['worse', 'better', 'same', 'unpaired'] as const;

/** The cases of a run, those that lost most first; each opens both replies side by side. */
export function ItemList({ run, side }: { run: RunDetail; side: RunSide }) {
  const { t } = useTranslation('reports');
  const [filters, setFilters] = useFilters({
    metric: 'overall',
    move: side.baseline === undefined ? 'all' : 'worse',
    domain: undefined,
    task: undefined,
    page: 1,
  });
  const { contestant } = side;
  const move = filters.move === 'all' ? undefined : filters.move;
  const items = useItems(run.id, { ...filters, move, contestant });
  const columns = useItemColumns(run.id, contestant);
  return (
    <Card withBorder padding="md" component="section" aria-label={t('items.title')}>
      <Title order={2} size="h4" mb="xs">
        {t('items.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('items.note')}
      </Text>
      <Filters side={side} filters={filters} onChange={setFilters} />
      <QueryState query={items} height={280}>
        {({ data, total, moves }) => (
          <>
            <Text size="sm" role="status">
              {side.baseline === undefined ? t('items.total', { count: total }) : t('items.moves', moves)}
            </Text>
            <DataTable
              caption={t('tableOf', { title: t('items.title') })}
              columns={columns}
              rows={data}
              rowKey={({ caseId }) => caseId}
              footer={
                <Pager
                  page={filters.page}
                  hasNext={filters.page * ITEMS_ON_A_PAGE < total}
                  total={total}
                  onPage={(page) => setFilters({ page })}
                />
              }
            />
          </>
        )}
      </QueryState>
    </Card>
  );
}

type Filtered = Omit<ItemFilters, 'contestant'> & { move: string };
type FiltersProps = { side: RunSide; filters: Filtered; onChange(change: Partial<Filtered>): void };

function Filters({ side: { baseline, report }, filters, onChange }: FiltersProps) {
  const { t } = useTranslation('reports');
  const values = (by: 'domain' | 'task') =>
    (report?.slices ?? []).flatMap((slice) => (slice.by === by ? [slice.value] : []));
  const moves = ['all', ...MOVES].map((value) => ({ value, label: t(`move.${value}`) }));
  return (
    <Group gap="xs" mb="sm" align="flex-end">
      {baseline !== undefined && (
        <NativeSelect
          label={t('items.move')}
          value={filters.move}
          onChange={(event) => onChange({ move: event.currentTarget.value })}
          data={moves}
        />
      )}
      <NativeSelect
        label={t('items.metric')}
        value={filters.metric}
        onChange={(event) => onChange({ metric: event.currentTarget.value })}
        data={METRICS.map((value) => ({ value, label: t(`shell:dimension.${value}`) }))}
      />
      {(['domain', 'task'] as const).map((by) => (
        <NativeSelect
          key={by}
          label={t(`by.${by}`)}
          value={filters[by] ?? ''}
          onChange={(event) => onChange({ [by]: event.currentTarget.value || undefined })}
          data={[{ value: '', label: t('all') }, ...values(by)]}
        />
      ))}
    </Group>
  );
}

function useItemColumns(runId: string, contestant: number): Column<ComparedItem>[] {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const score = (value: number | undefined, as: (value: number) => string) =>
    value === undefined ? t('noScore') : <span className="number">{as(value)}</span>;
  return [
    {
      key: 'case',
      header: t('column.case'),
      cell: ({ caseId }) => (
        <span className="number">
          <PageLink to={`/reports/${runId}/${encodeURIComponent(caseId)}`} search={{ contestant }}>
            {caseId}
          </PageLink>
        </span>
      ),
    },
    {
      key: 'difference',
      header: t('column.difference'),
      align: 'right',
      cell: ({ difference }) => score(difference, format.signedScore),
    },
    {
      key: 'candidate',
      header: t('column.candidate'),
      align: 'right',
      cell: ({ candidate }) => score(candidate, format.score),
    },
    {
      key: 'baseline',
      header: t('column.baseline'),
      align: 'right',
      cell: ({ baseline }) => score(baseline, format.score),
    },
    { key: 'move', header: t('items.move'), cell: ({ move }) => t(`move.${move}`) },
    { key: 'domain', header: t('by.domain'), cell: ({ domain }) => domain },
    { key: 'task', header: t('by.task'), cell: ({ task }) => task },
    { key: 'language', header: t('by.language'), cell: ({ language }) => language },
  ];
}
