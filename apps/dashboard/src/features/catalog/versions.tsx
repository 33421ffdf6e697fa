import { Badge, Button, Card, Group, Text, Title } from '@mantine/core';
import type { CatalogView } from '@pointsman/contracts';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  type Column,
  ConfirmButton,
  DataTable,
  notifyDone,
  notifyFailed,
  QueryState,
  useFilters,
} from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Diff } from './diff.tsx';
import { useActivateCatalog, useCatalogDiff } from './queries.ts';

type Version = CatalogView['versions'][number];

/** Catalogues that were in use: compared with the one in use, and used again. */
export function Versions({ view: { versions, version: active } }: { view: CatalogView }) {
  const { t } = useTranslation('catalog');
  const [{ compare }, setFilters] = useFilters({ compare: '' });
  const compared = versions.find(({ version }) => version === compare && version !== active);
  return (
    <>
      <DataTable
        caption={t('versions.title')}
        columns={useVersionColumns((version) => setFilters({ compare: version }))}
        rows={versions}
        rowKey={({ version }) => version}
      />
      {compared && (
        <Card withBorder padding="md">
          <Group justify="space-between" mb="xs">
            <Title order={3} size="h5">
              {t('versions.difference', { version: compared.version })}
            </Title>
            <Button size="xs" variant="default" onClick={() => setFilters({ compare: '' })}>
              {t('shell:action.close')}
            </Button>
          </Group>
          <Comparison from={active} to={compared.version} />
        </Card>
      )}
    </>
  );
}

function Comparison({ from, to }: { from: string; to: string }) {
  return <QueryState query={useCatalogDiff(from, to)}>{(diff) => <Diff diff={diff} />}</QueryState>;
}

function useVersionColumns(onCompare: (version: string) => void): Column<Version>[] {
  const { t } = useTranslation('catalog');
  const format = useFormat();
  return [
    {
      key: 'version',
      header: t('version'),
      cell: ({ version, isActive, isShipped }) => (
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" fw={500} className="number">
            {version}
          </Text>
          {isActive && (
            <Badge miw="max-content" variant="default" leftSection={<IconCircleCheck size={12} aria-hidden />}>
              {t('versions.active')}
            </Badge>
          )}
          {isShipped && (
            <Badge miw="max-content" variant="default">
              {t('versions.shipped')}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      key: 'saved',
      header: t('versions.saved'),
      cell: ({ savedAt }) => (savedAt === undefined ? t('versions.neverSaved') : format.dateTime(savedAt)),
    },
    { key: 'note', header: t('versions.note'), cell: ({ note }) => note ?? '' },
    {
      key: 'actions',
      header: t('versions.actions'),
      align: 'right',
      cell: (version) => !version.isActive && <Actions version={version} onCompare={onCompare} />,
    },
  ];
}

function Actions({ version: { version }, onCompare }: { version: Version; onCompare(version: string): void }) {
  const { t } = useTranslation('catalog');
  const activate = useActivateCatalog();
  const use = () =>
    activate.mutate(version, {
      onSuccess: () => notifyDone(t('versions.used', { version })),
      onError: notifyFailed(t('shell:action.failed')),
    });
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button
        size="xs"
        variant="default"
        aria-label={t('versions.compareOf', { version })}
        onClick={() => onCompare(version)}
      >
        {t('versions.compare')}
      </Button>
      <ConfirmButton
        size="xs"
        label={t('versions.use', { version })}
        loading={activate.isPending}
        question={t('versions.question', { version })}
        onConfirm={use}
      />
    </Group>
  );
}
