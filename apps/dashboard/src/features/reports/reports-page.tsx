import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { ListedRun } from '@pointsman/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/use-client.ts';
import { type Column, DataTable, PageFrame, Pager, QueryState, useFilters } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { PageLink } from '../benchmark/index.ts';
import { RUNS_ON_A_PAGE, type RunFilters, useRuns } from './queries.ts';
import { VerdictBadge } from './verdict-badge.tsx';

const NONE = { status: undefined, kind: undefined, benchmark: undefined, model: undefined, page: 1 } as const;

/** Evaluation runs, newest first. */
export function Page() {
  const { t } = useTranslation('reports');
  const [filters, setFilters] = useFilters(NONE);
  const runs = useRuns(filters);
  const columns = useRunColumns();
  return (
    <PageFrame title={t('title')} description={t('description')}>
      <Filters filters={filters} onChange={setFilters} />
      <QueryState query={runs} isEmpty={({ total }) => total === 0} empty={t('empty')} height={320}>
        {({ data, total }) => (
          <DataTable
            caption={t('title')}
            columns={columns}
            rows={data}
            rowKey={({ id }) => id}
            footer={
              <Pager
                page={filters.page}
                hasNext={filters.page * RUNS_ON_A_PAGE < total}
                total={total}
                onPage={(page) => setFilters({ page })}
              />
            }
          />
        )}
      </QueryState>
    </PageFrame>
  );
}

const STATUSES = ['queued', 'running', 'finished', 'stopped', 'cancelled', 'failed'] as const;
const KINDS = ['benchmark', 'judging'] as const;

function Filters({ filters, onChange }: { filters: RunFilters; onChange(change: Partial<RunFilters>): void }) {
  const { t } = useTranslation('reports');
  const { seesAll } = useClient();
  const choice = (name: 'status' | 'kind', values: readonly string[]) => (
    <NativeSelect
      label={t(`column.${name}`)}
      value={filters[name] ?? ''}
      onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
      data={[{ value: '', label: t('all') }, ...values.map((value) => ({ value, label: t(`${name}.${value}`) }))]}
    />
  );
  return (
    <Group gap="xs" align="flex-end">
      {choice('status', STATUSES)}
      {seesAll && choice('kind', KINDS)}
      <TextFilter
        label={t('column.benchmark')}
        value={filters.benchmark}
        onChange={(benchmark) => onChange({ benchmark })}
      />
      <TextFilter label={t('filter.model')} value={filters.model} onChange={(model) => onChange({ model })} />
    </Group>
  );
}

type TextFilterProps = { label: string; value: string | undefined; onChange(value: string | undefined): void };

/** Told to the page when the reader stops typing. */
function TextFilter({ label, value, onChange }: TextFilterProps) {
  const [text, setText] = useState(value ?? '');
  const settle = useDebouncedCallback((typed: string) => onChange(typed === '' ? undefined : typed), 300);
  return (
    <TextInput
      label={label}
      value={text}
      maxLength={100}
      onChange={(event) => {
        setText(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
    />
  );
}

function useRunColumns(): Column<ListedRun>[] {
  const { t } = useTranslation('reports');
  const format = useFormat();
  return [
    {
      key: 'created',
      header: t('column.begun'),
      cell: ({ id, createdAt }) => (
        <PageLink to={`/reports/${id}`} label={t('open', { at: format.dateTime(createdAt), id })}>
          {format.dateTime(createdAt)}
        </PageLink>
      ),
    },
    { key: 'verdict', header: t('column.verdict'), cell: (run) => <Verdicts run={run} /> },
    {
      key: 'status',
      header: t('column.status'),
      cell: ({ status, progress: { done, total }, why }) => (
        <>
          {t(`status.${status}`)}
          <Text size="xs" c="dimmed">
            {t('progress', { done: format.count(done), total: format.count(total) })}
          </Text>
          {why !== undefined && (
            <Text size="xs" c="dimmed" maw={260}>
              {why}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'models',
      header: t('column.models'),
      cell: ({ contestants }) =>
        contestants.map(({ model, prompt }) => (
          <Text key={`${model} ${prompt}`} size="sm">
            {prompt === undefined ? model : t('withPrompt', { model, prompt })}
          </Text>
        )),
    },
    {
      key: 'benchmark',
      header: t('column.benchmark'),
      cell: ({ benchmark }) => (benchmark === undefined ? t('kind.judging') : `${benchmark.name}@${benchmark.version}`),
    },
    { key: 'judge', header: t('column.judge'), cell: ({ judge }) => judge },
    { key: 'cost', header: t('column.cost'), align: 'right', cell: (run) => <Spent of={run} /> },
  ];
}

function Verdicts({ run: { kind, verdicts, emulated } }: { run: ListedRun }) {
  const { t } = useTranslation('reports');
  const none = kind === 'judging' ? undefined : t('noVerdict');
  return (
    <Stack gap={2} align="flex-start">
      {verdicts.length === 0 && none}
      {verdicts.map((verdict, index) => (
        <VerdictBadge key={`${index} ${verdict}`} verdict={verdict} />
      ))}
      {emulated && (
        <Text size="xs" c="dimmed">
          {t('emulated')}
        </Text>
      )}
    </Stack>
  );
}

/** What a run cost, and that some of it nobody knows. */
export function Spent({ of }: { of: Pick<ListedRun, 'spentNanoUsd' | 'unknownCosts'> }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  return (
    <>
      <span className="number">{format.money(of.spentNanoUsd)}</span>
      {of.unknownCosts > 0 && (
        <Text size="xs" c="dimmed">
          {t('unknownCosts', { count: of.unknownCosts })}
        </Text>
      )}
    </>
  );
}
