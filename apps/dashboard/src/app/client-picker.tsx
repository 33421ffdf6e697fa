import { Select, Text } from '@mantine/core';
import type { Client } from '@pointsman/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/index.ts';
import { useMe } from './session.ts';
import { useClient } from './use-client.ts';

/** Those who see all choose a client here; a client's people see the name of theirs. */
export function ClientPicker() {
  const { seesAll } = useClient();
  const { clientName } = useMe();
  if (seesAll) return <AnyClient />;
  return clientName === undefined ? null : (
    <Text size="sm" fw={500} truncate maw={160}>
      {clientName}
    </Text>
  );
}

function AnyClient() {
  const { t } = useTranslation();
  const { clientId } = useClient();
  const navigate = useNavigate();
  const clients = useApi<{ data: Client[] }>('/clients');
  const choose = (client: string | null) =>
    navigate({ to: '.', search: (before: object) => ({ ...before, client: client ?? undefined }) } as never);
  return (
    <Select
      aria-label={t('client.pick')}
      placeholder={t('client.all')}
      data={(clients.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={clientId ?? null}
      onChange={choose}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('client.all') }}
      limit={50}
      w={{ base: 150, sm: 220 }}
      nothingFoundMessage={t('client.none')}
    />
  );
}
