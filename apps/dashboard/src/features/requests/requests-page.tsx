import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import type { Decision } from '@pointsman/contracts';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/use-client.ts';
import { type Column, DataTable, daysOf, Estimate, PageFrame, QueryState, useFilters } from '../../components/index.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { CostText } from './cost-text.tsx';
import { intervalOf } from './interval-of.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import { type DecisionList, useDecisions } from './queries.ts';
import { REQUEST_FILTERS, RequestFilterBar, type RequestFilters } from './request-filters.tsx';

const PAGE_SIZE = 50;

/** Every request that left a record, newest first. */
export function Page() {
  const { t } = useTranslation('requests');
  const { clientId } = useClient();
  const [filters, setFilters] = useFilters(REQUEST_FILTERS) as unknown as [
    RequestFilters,
    (change: Partial<RequestFilters>) => void,
  ];
  const { period, from: _from, to: _to, ...named } = filters;
  const days = daysOf({ period, from: filters.from, to: filters.to }, Date.now());
  const decisions = useDecisions({
    ...named,
    client: clientId,
    from: `${days.from}T00:00:00.000Z`,
    to: `${days.to}T00:00:00.000Z`,
    limit: PAGE_SIZE,
    brief: true,
  });
  return (
    <PageFrame title={t('title')} description={t('description')}>
      <RequestFilterBar value={filters} onChange={setFilters} />
      <QueryState query={decisions} height={480} isEmpty={isEmpty} empty={t('empty')}>
        {(list) => (
          <RequestTable
            list={list}
            isFirst={filters.before === undefined}
            onBefore={(before) => setFilters({ before })}
          />
        )}
      </QueryState>
    </PageFrame>
  );
}

const isEmpty = ({ data, searchedBackTo }: DecisionList) => data.length === 0 && searchedBackTo === undefined;

type TableProps = { list: DecisionList; isFirst: boolean; onBefore(before: string | undefined): void };

function RequestTable({ list, isFirst, onBefore }: TableProps) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const { data, next, searchedBackTo } = list;
  const pager = (
    <Group justify="flex-end" gap="xs">
      <Button size="xs" variant="default" disabled={isFirst} onClick={() => onBefore(undefined)}>
        {t('newest')}
      </Button>
      <Button size="xs" variant="default" disabled={next === null} onClick={() => onBefore(next ?? undefined)}>
        {searchedBackTo === undefined ? t('older') : t('searchFurther')}
      </Button>
    </Group>
  );
  return (
    <>
      {searchedBackTo !== undefined && (
        <Alert color="gray" role="note">
          {t('searchedBackTo', { when: format.dateTime(searchedBackTo) })}
        </Alert>
      )}
      <DataTable
        caption={t('title')}
        columns={columnsOf(t, format)}
        rows={data}
        rowKey={({ id }) => id}
        footer={pager}
      />
    </>
  );
}

function columnsOf(t: TFunction<'requests'>, format: Format): Column<Decision>[] {
  return [
    {
      key: 'at',
      header: t('column.at'),
      cell: ({ id, at }) => (
        <Anchor component={Link} to={`/requests/${id}` as string} size="sm" className="number" underline="always">
          {format.dateTime(at)}
        </Anchor>
      ),
    },
    { key: 'outcome', header: t('column.outcome'), cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
    {
      key: 'model',
      header: t('column.model'),
      cell: ({ modelId, reason }) => (
        <>
          <Text size="sm">{modelId ?? '–'}</Text>
          <Text size="xs" c="dimmed">
            {t(`reason.${reason}`)}
          </Text>
        </>
      ),
    },
    { key: 'cost', header: t('column.cost'), align: 'right', cell: ({ cost }) => <CostText cost={cost} /> },
    {
      key: 'quality',
      header: t('column.quality'),
      align: 'right',
      cell: ({ candidates, modelId }) => {
        const overall = candidates.find((candidate) => candidate.modelId === modelId)?.overall;
        if (overall === undefined) return '–';
        return <Estimate value={overall.mean} interval={intervalOf(overall)} estimated as={format.score} />;
      },
    },
    {
      key: 'latency',
      header: t('column.latency'),
      align: 'right',
      cell: ({ latency }) => <span className="number">{format.duration(latency.totalMs)}</span>,
    },
    { key: 'policy', header: t('column.policy'), cell: ({ policy }) => policy },
    {
      key: 'kind',
      header: t('column.kind'),
      cell: ({ domain, task }) => [domain, task].filter(Boolean).join(' · ') || '–',
    },
  ];
}
