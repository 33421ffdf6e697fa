import { Anchor, Badge, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/use-client.ts';
import { type Column, DataTable, Empty, PageFrame, QueryState } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { type ListedPolicy, usePolicies } from './queries.ts';

/** The policies that requests can go by. */
export function Page() {
  const { t } = useTranslation('policies');
  const { clientId, canChange } = useClient();
  const { query, listed } = usePolicies(clientId);
  const create = (
    <Button component={Link} to={'/policies/new' as string}>
      {t('create')}
    </Button>
  );
  return (
    <PageFrame title={t('title')} description={t('description')} actions={canChange && create}>
      <QueryState query={query} height={240}>
        {() => (listed === undefined ? null : <PolicyTable listed={listed} />)}
      </QueryState>
    </PageFrame>
  );
}

function PolicyTable({ listed }: { listed: readonly ListedPolicy[] }) {
  const { t } = useTranslation('policies');
  const format = useFormat();
  if (listed.length === 0) return <Empty />;
  const columns: Column<ListedPolicy>[] = [
    {
      key: 'name',
      header: t('column.name'),
      cell: ({ policy, isGlobal, isDefault }) => (
        <>
          <Anchor component={Link} to={`/policies/${policy.name}` as string} fw={600} underline="always">
            {policy.name}
          </Anchor>{' '}
          {isDefault && (
            <Badge size="sm" color="indigo.8" tt="none">
              auto
            </Badge>
          )}{' '}
          {isGlobal && (
            <Badge size="sm" variant="default" tt="none">
              {t('shared')}
            </Badge>
          )}
        </>
      ),
    },
    { key: 'kind', header: t('column.kind'), cell: ({ policy }) => t(`kind.${policy.kind}`) },
    {
      key: 'minimums',
      header: t('column.minimums'),
      cell: ({ policy }) =>
        Object.entries(policy.minScores)
          .map(([name, value]) => `${t(`shell:dimension.${name}`)} ≥ ${format.score(value)}`)
          .join(', ') || t('none'),
    },
    { key: 'risk', header: t('field.risk'), align: 'right', cell: ({ policy }) => format.share(policy.risk) },
    {
      key: 'floor',
      header: t('field.floor'),
      cell: ({ policy }) => (policy.floor === undefined ? t('none') : t(`floor.${policy.floor.kind}`)),
    },
    {
      key: 'changed',
      header: t('column.changed'),
      cell: ({ changedAt }) => (changedAt === undefined ? '–' : format.dateTime(changedAt)),
    },
  ];
  return <DataTable caption={t('title')} columns={columns} rows={listed} rowKey={({ policy }) => policy.name} />;
}
