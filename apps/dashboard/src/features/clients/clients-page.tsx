import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { DataTable, PageFrame, Pager, QueryState, useFilters } from '../../components/index.ts';
import { useClientColumns } from './client-columns.tsx';
import { CreateClientDialog } from './create-client-dialog.tsx';
import { PAGE_ROWS, useClients } from './queries.ts';

const STATUSES = ['all', 'enabled', 'disabled'] as const;
const TYPING_MS = 200;

/** Every client with its month so far. */
export function Page() {
  const { t } = useTranslation('clients');
  const manages = useMe().role === 'operator';
  const [creating, setCreating] = useState(false);
  const [filters, setFilters] = useFilters({ search: '', status: 'all', sort: '-spend', page: 1 });
  const [search] = useDebouncedValue(filters.search, TYPING_MS);
  const clients = useClients({ ...filters, search });
  const columns = useClientColumns(manages);
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('create.open')}
    </Button>
  );
  return (
    <PageFrame title={t('title')} description={t('description')} actions={manages && create}>
      <Group gap="sm" align="flex-end">
        <TextInput
          label={t('search')}
          w={{ base: '100%', xs: 300 }}
          value={filters.search}
          onChange={(event) => setFilters({ search: event.currentTarget.value })}
        />
        <Select
          label={t('state')}
          allowDeselect={false}
          data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
          value={filters.status}
          onChange={(status) => setFilters({ status: status ?? 'all' })}
        />
      </Group>
      <QueryState query={clients} isEmpty={({ total }) => total === 0} empty={t('none')} height={300}>
        {({ data, total }) => (
          <DataTable
            caption={t('title')}
            columns={columns}
            rows={data}
            rowKey={({ id }) => id}
            sort={{ value: filters.sort, onChange: (sort) => setFilters({ sort }) }}
            footer={
              <Pager
                page={filters.page}
                hasNext={total > filters.page * PAGE_ROWS}
                onPage={(page) => setFilters({ page })}
                total={total}
              />
            }
          />
        )}
      </QueryState>
      {creating && <CreateClientDialog onClose={() => setCreating(false)} />}
    </PageFrame>
  );
}
