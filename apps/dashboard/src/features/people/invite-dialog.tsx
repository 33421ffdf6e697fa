import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import type { Role } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { useClient } from '../../app/use-client.ts';
import { CLIENT_ROLES, rolesFor } from './offered-roles.ts';
import { OneTimeLinkView } from './one-time-link-view.tsx';
import { useClients, useInvite } from './queries.ts';

/** Asks whom to invite, and shows the link to send. */
export function InviteDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('people');
  const invite = useInvite();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('invite.open')}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      {invite.data === undefined ? (
        <InviteForm invite={invite} />
      ) : (
        <Stack>
          <OneTimeLinkView {...invite.data} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shell:action.close')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function InviteForm({ invite }: { invite: ReturnType<typeof useInvite> }) {
  const { t } = useTranslation('people');
  const me = useMe();
  const chosen = useClient().clientId;
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('client-member');
  const [client, setClient] = useState<string | undefined>(chosen);
  const needsClient = CLIENT_ROLES.includes(role);
  const picksClient = needsClient && me.role === 'operator';
  const clients = useClients(picksClient);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ email, role, ...(needsClient && { client: me.clientId ?? client }) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {invite.error && (
          <Alert color="red" role="alert">
            {invite.error.message}
          </Alert>
        )}
        <TextInput
          label={t('invite.email')}
          type="email"
          required
          data-autofocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          label={t('column.role')}
          description={t(`does.${role}`)}
          allowDeselect={false}
          data={rolesFor(me.role).map((each) => ({ value: each, label: t(`shell:role.${each}`) }))}
          value={role}
          onChange={(each) => setRole(each as Role)}
        />
        {picksClient && (
          <Select
            label={t('column.client')}
            required
            searchable
            data={(clients.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={client ?? null}
            onChange={(id) => setClient(id ?? undefined)}
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={invite.isPending} disabled={picksClient && client === undefined}>
            {t('invite.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
