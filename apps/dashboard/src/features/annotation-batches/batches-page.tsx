import { Anchor, Button } from '@mantine/core';
import type { Batch } from '@pointsman/contracts';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { type Column, DataTable, PageFrame, Pager, QueryState, useFilters } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { BatchProgressBar, StateBadge } from './batch-state.tsx';
import { NewBatchDialog } from './new-batch-dialog.tsx';
import { PAGE_SIZE, useBatches } from './queries.ts';

/** Every batch of replies that people rate. */
export function Page() {
  const { t } = useTranslation('annotation-batches');
  const { role } = useMe();
  const [filters, setFilters] = useFilters({ page: 1 });
  const [adding, setAdding] = useState(false);
  const batches = useBatches(filters.page);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('new.open')}
    </Button>
  );
  return (
    <PageFrame title={t('title')} description={t('description')} actions={role === 'operator' && add}>
      <QueryState query={batches} isEmpty={({ total }) => total === 0} empty={t('empty')}>
        {({ data, total }) => (
          <BatchTable
            batches={data}
            pager={
              <Pager
                page={filters.page}
                hasNext={filters.page * PAGE_SIZE < total}
                onPage={(page) => setFilters({ page })}
                total={total}
              />
            }
          />
        )}
      </QueryState>
      {adding && <NewBatchDialog onClose={() => setAdding(false)} />}
    </PageFrame>
  );
}

function BatchTable({ batches, pager }: { batches: readonly Batch[]; pager: React.ReactNode }) {
  const { t } = useTranslation('annotation-batches');
  const format = useFormat();
  const columns: Column<Batch>[] = [
    {
      key: 'title',
      header: t('column.title'),
      cell: ({ id, title }) => (
        <Anchor component={Link} to={`/annotation/batches/${id}` as string} inherit>
          {title}
        </Anchor>
      ),
    },
    { key: 'state', header: t('column.state'), cell: ({ state }) => <StateBadge state={state} /> },
    { key: 'source', header: t('column.source'), cell: ({ source }) => t(`source.${source.kind}`) },
    {
      key: 'items',
      header: t('column.items'),
      align: 'right',
      cell: ({ counts }) => <span className="number">{format.count(counts.items)}</span>,
    },
    { key: 'progress', header: t('column.submissions'), cell: (batch) => <BatchProgressBar batch={batch} /> },
    {
      key: 'disputed',
      header: t('column.disputed'),
      align: 'right',
      cell: ({ counts }) => <span className="number">{format.count(counts.disputed)}</span>,
    },
    {
      key: 'created',
      header: t('column.created'),
      cell: ({ createdAt }) => <span className="number">{format.day(createdAt)}</span>,
    },
  ];
  return <DataTable caption={t('title')} columns={columns} rows={batches} rowKey={({ id }) => id} footer={pager} />;
}
