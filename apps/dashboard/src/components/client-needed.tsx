import { Button, Group } from '@mantine/core';
import type { Client } from '@pointsman/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/index.ts';
import { useClient } from '../app/use-client.ts';
import { Empty } from './query-state.tsx';

/** As many as can be chosen at a glance; all are in the list at the top of the page. */
const MOST_OFFERED = 8;

/** A page about one client: those who see all are asked to choose first. */
export function ClientNeeded({ children }: { children: (clientId: string) => ReactNode }) {
  const { clientId } = useClient();
  return clientId === undefined ? <Choice /> : children(clientId);
}

function Choice() {
  const { t } = useTranslation();
  const clients = useApi<{ data: Client[] }>('/clients');
  return (
    <Empty>
      <strong>{t('client.choose')}</strong>
      <br />
      {t('client.chooseText')}
      <Group justify="center" gap="xs" mt="md">
        {clients.data?.data.slice(0, MOST_OFFERED).map(({ id, name }) => (
          <Button
            key={id}
            size="xs"
            variant="default"
            renderRoot={(props) => (
              <Link {...props} to="." search={((before: object) => ({ ...before, client: id })) as never} />
            )}
          >
            {name}
          </Button>
        ))}
      </Group>
    </Empty>
  );
}
