import { Badge, Stack, Switch, Text } from '@mantine/core';
import type { BatchItem, BatchItems, Dimension } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Pager, QueryState, useFilters } from '../../components/index.ts';
import { PAGE_SIZE, useBatchItems } from './queries.ts';

type Props = { batchId: string; dimensions: readonly Dimension[] };

/** What was said of each item, and where raters disagree. */
export function ItemTable({ batchId, dimensions }: Props) {
  const { t } = useTranslation('annotation-batches');
  const [filters, setFilters] = useFilters({ page: 1, disputed: false });
  const items = useBatchItems(batchId, filters);
  return (
    <Stack gap="xs">
      <Switch
        label={t('item.disputedOnly')}
        checked={filters.disputed}
        onChange={(event) => setFilters({ disputed: event.currentTarget.checked })}
      />
      <QueryState query={items} isEmpty={({ total }) => total === 0} empty={t('item.none')}>
        {(page) => (
          <Items
            items={page}
            dimensions={dimensions}
            page={filters.page}
            onPage={(number) => setFilters({ page: number })}
          />
        )}
      </QueryState>
    </Stack>
  );
}

type ItemsProps = {
  items: BatchItems;
  dimensions: readonly Dimension[];
  page: number;
  onPage(page: number): void;
};

function Items({ items: { data, total }, dimensions, page, onPage }: ItemsProps) {
  const { t } = useTranslation('annotation-batches');
  const columns: Column<BatchItem>[] = [
    { key: 'item', header: t('item.item'), cell: (item) => <ItemText item={item} /> },
    { key: 'model', header: t('item.model'), cell: ({ model }) => model },
    ...dimensions.map(
      (dimension): Column<BatchItem> => ({
        key: dimension,
        header: t(`shell:dimension.${dimension}`),
        cell: (item) => <Said item={item} dimension={dimension} />,
      }),
    ),
  ];
  return (
    <DataTable
      caption={t('section.items')}
      columns={columns}
      rows={data}
      rowKey={({ id }) => id}
      footer={<Pager page={page} hasNext={page * PAGE_SIZE < total} onPage={onPage} total={total} />}
    />
  );
}

function ItemText({ item: { prompt, reply, gold } }: { item: BatchItem }) {
  const { t } = useTranslation('annotation-batches');
  return (
    <Stack gap={2} maw={380} miw={240}>
      <Text size="xs" c="dimmed" lineClamp={2}>
        {prompt === '' ? t('item.erased') : prompt}
      </Text>
      <Text size="sm" lineClamp={2}>
        {reply}
      </Text>
      {gold !== undefined && (
        <Badge variant="default" size="sm" miw="fit-content">
          {t('item.gold')}
        </Badge>
      )}
    </Stack>
  );
}

/** Every rater's answer, and what became of them. */
function Said({ item: { ratings, gold, disputed, decided }, dimension }: { item: BatchItem; dimension: Dimension }) {
  const { t } = useTranslation('annotation-batches');
  const answers = ratings.flatMap(({ answers: said }) => said[dimension] ?? []);
  const known = gold?.[dimension];
  const decision = decided[dimension];
  return (
    <Stack gap={2}>
      <span className="number">
        {answers.map((answer) => (answer === 'cannot-rate' ? t('item.cannotRate') : answer)).join(' · ')}
      </span>
      {known !== undefined && (
        <Text size="xs" c="dimmed">
          {t('item.known', { rating: known })}
        </Text>
      )}
      {disputed.includes(dimension) && (
        <Text size="xs" fw={600}>
          {t('item.disputed')}
        </Text>
      )}
      {decision !== undefined && (
        <Text size="xs" fw={600}>
          {t('item.decided', { rating: decision })}
        </Text>
      )}
    </Stack>
  );
}
