import { Button, Stack, TextInput, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { useClient } from '../../app/use-client.ts';
import { PageFrame, useFilters } from '../../components/index.ts';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { People } from './people.tsx';

/** Who may come in, and who is invited. */
export function Page() {
  const { t } = useTranslation('people');
  const { role } = useMe();
  const { clientId } = useClient();
  const [inviting, setInviting] = useState(false);
  const [filters, setFilters] = useFilters({ q: '', page: 1 });
  const manages = role !== 'customer-success';
  const invite = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setInviting(true)}>
      {t('invite.open')}
    </Button>
  );
  return (
    <PageFrame title={t('title')} description={t('description')} actions={manages && invite}>
      <TextInput
        label={t('search')}
        maw={360}
        value={filters.q}
        onChange={(event) => setFilters({ q: event.currentTarget.value })}
      />
      <People
        clientId={clientId}
        search={filters.q}
        page={filters.page}
        onPage={(page) => setFilters({ page })}
        manages={manages}
      />
      {manages && (
        <Stack gap="xs" component="section">
          <Title order={2} size="h4">
            {t('invitations.title')}
          </Title>
          <Invitations clientId={clientId} />
        </Stack>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </PageFrame>
  );
}
