import { Card, Group, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { CaseCounts, ListedCase } from '@pointsman/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Pager, QueryState, useFilters } from '../../components/index.ts';
import { PageLink } from './page-link.tsx';
import { type CaseFilters, PAGE_SIZE, useCases } from './queries.ts';

const NONE = {
  domain: undefined,
  task: undefined,
  language: undefined,
  difficulty: undefined,
  origin: undefined,
  search: undefined,
  page: 1,
} as const;

type Props = { name: string; version: string; counts: CaseCounts };

/** The cases of a version: searched, filtered and paged on the server. */
export function CaseBrowser({ name, version, counts }: Props) {
  const { t } = useTranslation('benchmark');
  const [filters, setFilters] = useFilters(NONE);
  const cases = useCases(name, version, filters);
  const columns = useCaseColumns(name, version);
  return (
    <Card withBorder padding="md" component="section" aria-label={t('cases')}>
      <Title order={2} size="h4" mb="sm">
        {t('cases')}
      </Title>
      <Filters filters={filters} onChange={setFilters} counts={counts} />
      <QueryState query={cases} isEmpty={({ total }) => total === 0} empty={t('noCases')} height={320}>
        {({ data, total }) => (
          <DataTable
            caption={t('tableOf', { title: t('cases') })}
            columns={columns}
            rows={data}
            rowKey={({ id }) => id}
            footer={
              <Pager
                page={filters.page}
                hasNext={filters.page * PAGE_SIZE < total}
                total={total}
                onPage={(page) => setFilters({ page })}
              />
            }
          />
        )}
      </QueryState>
    </Card>
  );
}

const CHOICES = ['domain', 'task', 'language', 'difficulty', 'origin'] as const;

type FiltersProps = { filters: CaseFilters; onChange(change: Partial<CaseFilters>): void; counts: CaseCounts };

function Filters({ filters, onChange, counts }: FiltersProps) {
  const { t } = useTranslation('benchmark');
  const [text, setText] = useState(filters.search ?? '');
  const search = useDebouncedCallback((value: string) => onChange({ search: value === '' ? undefined : value }), 300);
  return (
    <Group gap="xs" mb="sm" align="flex-end">
      <TextInput
        label={t('filter.search')}
        value={text}
        maxLength={200}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      {CHOICES.map((property) => (
        <NativeSelect
          key={property}
          label={t(`property.${property}`)}
          value={filters[property] ?? ''}
          onChange={(event) => onChange({ [property]: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('filter.all') },
            ...Object.keys(counts[property])
              .toSorted()
              .map((value) => ({ value, label: property === 'origin' ? t(`origin.${value}`) : value })),
          ]}
        />
      ))}
    </Group>
  );
}

function useCaseColumns(name: string, version: string): Column<ListedCase>[] {
  const { t } = useTranslation('benchmark');
  return [
    {
      key: 'id',
      header: t('column.case'),
      cell: ({ id }) => (
        <span className="number">
          <PageLink to={`/benchmark/${name}/${version}/${encodeURIComponent(id)}`}>{id}</PageLink>
        </span>
      ),
    },
    {
      key: 'prompt',
      header: t('column.prompt'),
      cell: ({ prompt }) => (
        <Text size="sm" lineClamp={2} miw={260} className="user-text">
          {prompt}
        </Text>
      ),
    },
    { key: 'domain', header: t('property.domain'), cell: ({ domain }) => domain },
    { key: 'task', header: t('property.task'), cell: ({ task }) => task },
    { key: 'language', header: t('property.language'), cell: ({ language }) => language },
    { key: 'difficulty', header: t('property.difficulty'), cell: ({ difficulty }) => difficulty },
    {
      key: 'judged',
      header: t('column.judgedBy'),
      cell: ({ hasReference, checks }) =>
        [hasReference && t('reference'), ...checks.map((kind) => t('checkOf', { kind }))].filter(Boolean).join(', '),
    },
  ];
}
