import { Alert, Card, Code, Group, Stack, Text, Title } from '@mantine/core';
import type { ListedBenchmark, ListedVersion } from '@pointsman/contracts';
import { Trans, useTranslation } from 'react-i18next';
import { type Column, DataTable, PageFrame, QueryState } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { PageLink } from './page-link.tsx';
import { useBenchmarks } from './queries.ts';
import { SectionLinks } from './section-links.tsx';

/** Every benchmark and its versions. */
export function Page() {
  const { t } = useTranslation('benchmark');
  const benchmarks = useBenchmarks();
  return (
    <PageFrame title={t('title')} description={t('description')}>
      <SectionLinks current="benchmark" />
      <QueryState
        query={benchmarks}
        isEmpty={({ data }) => data.length === 0}
        empty={<Trans t={t} i18nKey="empty" components={{ command: <Code>pointsman benchmark list</Code> }} />}
      >
        {({ data }) => (
          <Stack gap="md">
            {data.map((benchmark) => (
              <Benchmark key={benchmark.name} benchmark={benchmark} />
            ))}
          </Stack>
        )}
      </QueryState>
    </PageFrame>
  );
}

function Benchmark({ benchmark: { name, versions, draft } }: { benchmark: ListedBenchmark }) {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  const columns = useVersionColumns(name);
  return (
    <Card withBorder padding="md" component="section" aria-label={name}>
      <Title order={2} size="h4" mb="xs">
        {name}
      </Title>
      {draft !== undefined && (
        <Alert color="gray" variant="outline" mb="sm" title={t('draft.title', { version: draft.base + 1 })}>
          {t('draft.text', {
            status: t(`draft.status.${draft.status}`),
            count: draft.edits,
            authors: draft.authors.join(', '),
            at: format.dateTime(draft.updatedAt),
          })}
        </Alert>
      )}
      {versions.length === 0 ? (
        <Text c="dimmed">{t('unpublished')}</Text>
      ) : (
        <DataTable
          caption={t('versionsOf', { name })}
          columns={columns}
          rows={versions}
          rowKey={({ version }) => String(version)}
        />
      )}
    </Card>
  );
}

function useVersionColumns(name: string): Column<ListedVersion>[] {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  return [
    {
      key: 'version',
      header: t('column.version'),
      cell: ({ version }) => (
        <PageLink to={`/benchmark/${name}/${version}`} label={t('openVersion', { name, version })}>
          {version}
        </PageLink>
      ),
    },
    { key: 'cases', header: t('column.cases'), align: 'right', cell: ({ cases }) => format.count(cases) },
    {
      key: 'changes',
      header: t('column.changes'),
      cell: ({ version, changes }) => (
        <Group gap="xs" wrap="nowrap">
          <Text span size="sm" className="number">
            {t('changes', { ...changes })}
          </Text>
          {version > 1 && (
            <PageLink
              to={`/benchmark/${name}/diff`}
              search={{ from: version - 1, to: version }}
              label={t('compareWith', { from: version - 1, to: version })}
            >
              {t('compare')}
            </PageLink>
          )}
        </Group>
      ),
    },
    { key: 'reason', header: t('column.reason'), cell: ({ reason }) => reason },
    {
      key: 'published',
      header: t('column.published'),
      cell: ({ publishedAt, publishedBy }) => t('publishedBy', { at: format.day(publishedAt), by: publishedBy }),
    },
    { key: 'approved', header: t('column.approved'), cell: ({ approval }) => <Approval of={approval} /> },
    {
      key: 'hash',
      header: t('column.hash'),
      cell: ({ hash }) => <Code title={hash}>{hash.slice(0, 12)}</Code>,
    },
  ];
}

/** By whom, and whether it was their own work. */
export function Approval({ of }: { of: ListedVersion['approval'] }) {
  const { t } = useTranslation('benchmark');
  if (of === undefined) return <Text size="sm">{t('approval.shipped')}</Text>;
  return (
    <Text size="sm">
      {of.by}
      {of.ownWork && ` (${t('approval.ownWork')})`}
      {of.reason !== undefined && `: ${of.reason}`}
    </Text>
  );
}
