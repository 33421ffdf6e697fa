import { ActionIcon, Badge, Code, Menu, Stack, Text } from '@mantine/core';
import type { ListedKey } from '@pointsman/contracts';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { isUsable, type KeyState, keyState } from './key-state.ts';

export type KeyAction = 'edit' | 'rotate' | 'revoke';

type Props = {
  keys: readonly ListedKey[];
  nowMs: number;
  /** Absent for those who may only look. */
  onAction: ((action: KeyAction, key: ListedKey) => void) | undefined;
};

/** The keys of a client, whom they let in and how far. */
export function KeyTable({ keys, nowMs, onAction }: Props) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const columns: Column<ListedKey>[] = [
    { key: 'name', header: t('column.name'), cell: (key) => <NameCell apiKey={key} /> },
    { key: 'state', header: t('column.state'), cell: (key) => <StateCell apiKey={key} state={keyState(key, nowMs)} /> },
    {
      key: 'lastUsed',
      header: t('column.lastUsed'),
      cell: (key) => (key.lastUsedOn === undefined ? t('never') : format.day(key.lastUsedOn)),
    },
    {
      key: 'scopes',
      header: t('column.scopes'),
      cell: (key) => key.scopes.map((scope) => t(`scopeShort.${scope}`)).join(', '),
    },
    { key: 'limits', header: t('column.limits'), cell: (key) => <LimitsCell apiKey={key} /> },
    { key: 'created', header: t('column.created'), cell: (key) => format.day(key.createdAt) },
  ];
  if (onAction !== undefined) {
    columns.push({
      key: 'actions',
      header: t('column.actions'),
      align: 'right',
      cell: (key) => isUsable(keyState(key, nowMs)) && <KeyMenu apiKey={key} onAction={onAction} />,
    });
  }
  return <DataTable caption={t('table')} columns={columns} rows={keys} rowKey={({ id }) => id} />;
}

function NameCell({ apiKey }: { apiKey: ListedKey }) {
  return (
    <Stack gap={0}>
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {apiKey.name}
      </Text>
      <Code style={{ alignSelf: 'flex-start' }}>{apiKey.prefix}…</Code>
    </Stack>
  );
}

function StateCell({ apiKey, state }: { apiKey: ListedKey; state: KeyState }) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const { previous, expiresAt, revokedAt } = apiKey;
  const notes = [
    state === 'rotating' && previous && t('note.previous', { until: format.dateTime(previous.until) }),
    isUsable(state) && expiresAt !== undefined && t('note.until', { day: format.day(expiresAt) }),
    state === 'expired' && expiresAt !== undefined && format.day(expiresAt),
    revokedAt !== undefined && format.day(revokedAt),
  ].filter((note) => typeof note === 'string');
  return (
    <Stack gap={2} align="flex-start" miw={110}>
      <Badge variant="default" tt="none" style={{ flexShrink: 0 }}>
        {t(`state.${state}`)}
      </Badge>
      {notes.map((note) => (
        <Text key={note} size="xs" c="dimmed">
          {note}
        </Text>
      ))}
    </Stack>
  );
}

function LimitsCell({ apiKey: { limits } }: { apiKey: ListedKey }) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const lines = [
    limits.requestsPerMinute !== undefined && t('limits.requests', { limit: format.count(limits.requestsPerMinute) }),
    limits.tokensPerMinute !== undefined && t('limits.tokens', { limit: format.count(limits.tokensPerMinute) }),
  ].filter((line) => typeof line === 'string');
  if (lines.length === 0) return t('limits.ofClient');
  return lines.map((line) => (
    <Text key={line} size="sm">
      {line}
    </Text>
  ));
}

type MenuProps = { apiKey: ListedKey; onAction(action: KeyAction, key: ListedKey): void };

function KeyMenu({ apiKey, onAction }: MenuProps) {
  const { t } = useTranslation('keys');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t('actionsOf', { name: apiKey.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onAction('edit', apiKey)}>{t('action.edit')}</Menu.Item>
        <Menu.Item onClick={() => onAction('rotate', apiKey)}>{t('action.rotate')}</Menu.Item>
        <Menu.Item onClick={() => onAction('revoke', apiKey)}>{t('action.revoke')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
