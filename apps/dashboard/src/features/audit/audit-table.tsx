import { Badge, Button, Modal, Stack, Text } from '@mantine/core';
import type { AuditEntry } from '@pointsman/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, UserText } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

/** Entries, newest first, each with its details behind a button. */
export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const [shown, setShown] = useState<AuditEntry>();
  const columns: Column<AuditEntry>[] = [
    { key: 'at', header: t('column.at'), cell: ({ at }) => <span className="number">{format.dateTime(at)}</span> },
    { key: 'actor', header: t('column.actor'), cell: (entry) => <Actor entry={entry} /> },
    { key: 'action', header: t('column.action'), cell: ({ summary, action }) => (summary === '' ? action : summary) },
    { key: 'client', header: t('column.client'), cell: ({ clientName, clientId }) => clientName ?? clientId ?? '–' },
    {
      key: 'outcome',
      header: t('column.outcome'),
      cell: ({ outcome }) => (
        <Badge variant={outcome === 'done' ? 'default' : 'filled'} color="red.9" miw="fit-content">
          {t(`outcome.${outcome}`)}
        </Badge>
      ),
    },
    {
      key: 'details',
      header: t('column.details'),
      align: 'right',
      cell: (entry) => (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => setShown(entry)}
          aria-label={t('detailsOf', { summary: entry.summary, at: format.dateTime(entry.at) })}
        >
          {t('column.details')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable caption={t('title')} columns={columns} rows={entries} rowKey={({ id }) => String(id)} />
      {shown && <Details entry={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

function Actor({ entry: { actor, role } }: { entry: AuditEntry }) {
  const { t } = useTranslation('audit');
  return (
    <>
      <Text size="sm">{actor}</Text>
      {role !== undefined && (
        <Text size="xs" c="dimmed">
          {t(`shell:role.${role}`)}
        </Text>
      )}
    </>
  );
}

function Details({ entry, onClose }: { entry: AuditEntry; onClose(): void }) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const { summary, action, actor, at, outcome, status, details } = entry;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={summary === '' ? action : summary}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <Stack gap="xs">
        <Text size="sm">{t('line', { actor, at: format.dateTime(at) })}</Text>
        <Text size="sm">
          <code>{action}</code> · {t(`outcome.${outcome}`)}
          {status !== undefined && ` (${status})`}
        </Text>
        {outcome === 'started' && <Text size="sm">{t('unknown')}</Text>}
        <UserText label={t('column.details')}>{JSON.stringify(details, null, 2)}</UserText>
      </Stack>
    </Modal>
  );
}
