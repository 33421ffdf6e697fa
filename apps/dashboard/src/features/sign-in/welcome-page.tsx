import { Alert, Button, PasswordInput, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import type { LinkPurpose } from '@pointsman/contracts';
import { Link, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Door } from './door.tsx';
import { ProviderButton } from './provider-button.tsx';
import { useAccept, useEnter, useLink } from './queries.ts';

const SHORTEST_PASSWORD = 10;

/** Where a link leads: an invitation, or a new password. */
export function Page() {
  const { t } = useTranslation('sign-in');
  const { token } = useSearch({ strict: false }) as { token?: unknown };
  const link = useLink(typeof token === 'string' ? token : '');
  if (link.data !== undefined) return <Open purpose={link.data} token={String(token)} />;
  if (link.error === null) {
    return (
      <Door title={t('welcome')}>
        <Skeleton height={200} role="status" aria-label={t('shell:state.loading')} />
      </Door>
    );
  }
  const away = link.error.status === 0;
  return (
    <Door title={away ? t('shell:state.failed') : t('over.title')}>
      <Text role="alert">{away ? t('shell:state.unreachable') : t('over.text')}</Text>
      {away ? (
        <Button onClick={() => link.refetch()}>{t('shell:state.retry')}</Button>
      ) : (
        <Button component={Link} to="/sign-in">
          {t('title')}
        </Button>
      )}
    </Door>
  );
}

function Open({ purpose, token }: { purpose: LinkPurpose; token: string }) {
  const { t } = useTranslation('sign-in');
  const invited = purpose.purpose === 'invitation';
  const role = t(`shell:role.${purpose.role}`);
  const { email, clientName } = purpose;
  const what =
    clientName === undefined ? t('invited.all', { role }) : t('invited.client', { role, client: clientName });
  return (
    <Door title={invited ? t('welcome') : t('newPassword')} description={invited ? what : t('for', { email })}>
      <AcceptForm invited={invited} email={email} token={token} />
      {invited && <ProviderButton to="/" />}
    </Door>
  );
}

function AcceptForm({ invited, email, token }: { invited: boolean; email: string; token: string }) {
  const { t } = useTranslation('sign-in');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useAccept();
  const enter = useEnter();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate({ token, password, ...(invited && { name }) }, { onSuccess: () => enter('/') });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {accept.error && (
          <Alert color="red" role="alert">
            {accept.error.status === 0 ? t('shell:state.unreachable') : accept.error.message}
          </Alert>
        )}
        <TextInput label={t('email')} type="email" autoComplete="username" readOnly value={email} />
        {invited && (
          <TextInput
            label={t('name')}
            autoComplete="name"
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={t('choose')}
          description={t('length', { count: SHORTEST_PASSWORD })}
          autoComplete="new-password"
          required
          minLength={SHORTEST_PASSWORD}
          visibilityToggleButtonProps={{ 'aria-label': t('show') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={accept.isPending}>
          {invited ? t('enter') : t('setPassword')}
        </Button>
      </Stack>
    </form>
  );
}
