import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/index.ts';
import { Door } from './door.tsx';
import { ProviderButton } from './provider-button.tsx';
import { useEnter, useSignIn } from './queries.ts';
import { safePath } from './safe-path.ts';

type Search = { to?: unknown; error?: unknown };

/** What the provider of identities, or better-auth, says in the address; anything else is told in general words. */
const PROVIDER_ERRORS = ['signup_disabled', 'account_not_linked', 'unable_to_create_session', 'access_denied'];

export function Page() {
  const { t } = useTranslation('sign-in');
  const { to, error } = useSearch({ strict: false }) as Search;
  const code = typeof error === 'string' && PROVIDER_ERRORS.includes(error) ? error : 'other';
  return (
    <Door title={t('title')}>
      {error !== undefined && (
        <Alert color="red" role="alert">
          {t(`provider.${code}`)}
        </Alert>
      )}
      <PasswordForm to={safePath(to)} />
      <ProviderButton to={safePath(to)} />
      <Text size="sm" c="dimmed">
        {t('forgotten')}
      </Text>
    </Door>
  );
}

function PasswordForm({ to }: { to: string }) {
  const { t } = useTranslation('sign-in');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  const enter = useEnter();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email, password }, { onSuccess: () => enter(to) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {signIn.error && (
          <Alert color="red" role="alert">
            {reasonOf(signIn.error, t)}
          </Alert>
        )}
        <TextInput
          label={t('email')}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('password')}
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': t('show') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={signIn.isPending}>
          {t('submit')}
        </Button>
      </Stack>
    </form>
  );
}

function reasonOf({ status, message }: ApiError, t: (key: string) => string): string {
  if (status === 0) return t('shell:state.unreachable');
  if (status === 401) return t('wrong');
  return status === 429 ? t('tooMany') : message;
}
