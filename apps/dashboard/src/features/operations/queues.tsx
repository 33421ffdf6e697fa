import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { AnnotationQueueCounts, QueuesView, RunView } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Empty, StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { RunCard } from './run-card.tsx';

/** Evaluation runs under way, those that ended lately, and what waits for people. */
export function Queues({ view: { runs, annotation } }: { view: QueuesView }) {
  const { t } = useTranslation('operations');
  const open = runs.filter(isOpen);
  const ended = runs.filter((run) => !isOpen(run));
  return (
    <Stack gap="sm">
      {open.length === 0 ? (
        <Empty>{t('runs.none')}</Empty>
      ) : (
        <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {open.map((run) => (
            <RunCard key={run.id} run={run} />
          ))}
        </Stack>
      )}
      {ended.length > 0 && <EndedRuns runs={ended} />}
      {annotation.batches > 0 && <Annotation counts={annotation} />}
    </Stack>
  );
}

const isOpen = ({ status }: RunView) => status === 'queued' || status === 'running';

function EndedRuns({ runs }: { runs: readonly RunView[] }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const columns: Column<RunView>[] = [
    { key: 'run', header: t('runs.run'), cell: ({ id }) => id },
    { key: 'status', header: t('runs.state'), cell: ({ status }) => t(`runs.status.${status}`) },
    {
      key: 'benchmark',
      header: t('runs.benchmark'),
      cell: ({ benchmark: { name, version } }) => t('runs.version', { name, version }),
    },
    { key: 'models', header: t('runs.models'), cell: ({ contestants }) => contestants.join(', ') },
    {
      key: 'items',
      header: t('runs.items'),
      align: 'right',
      cell: ({ items: { done, total } }) => (
        <span className="number">{t('runs.itemsOf', { done: format.count(done), total: format.count(total) })}</span>
      ),
    },
    {
      key: 'spent',
      header: t('runs.spent'),
      align: 'right',
      cell: ({ spentNanoUsd }) => <span className="number">{format.money(spentNanoUsd)}</span>,
    },
    {
      key: 'ended',
      header: t('runs.ended'),
      cell: ({ finishedAt, why }) => (
        <>
          {finishedAt === undefined ? '' : format.dateTime(finishedAt)}
          {why !== undefined && (
            <Text size="xs" c="dimmed">
              {why}
            </Text>
          )}
        </>
      ),
    },
  ];
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('runs.endedTitle')}
      </Title>
      <DataTable caption={t('runs.endedTitle')} columns={columns} rows={runs} rowKey={({ id }) => id} />
    </Stack>
  );
}

function Annotation({ counts: { batches, items, itemsDone, disputed, held } }: { counts: AnnotationQueueCounts }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('annotation.title', { count: batches })}
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <StatCard label={t('annotation.open')}>{format.count(items - itemsDone)}</StatCard>
        <StatCard label={t('annotation.done')}>{format.count(itemsDone)}</StatCard>
        <StatCard label={t('annotation.held')}>{format.count(held)}</StatCard>
        <StatCard label={t('annotation.disputed')}>{format.count(disputed)}</StatCard>
      </SimpleGrid>
    </Stack>
  );
}
