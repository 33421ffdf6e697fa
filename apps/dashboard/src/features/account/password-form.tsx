import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import type { PasswordChange } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiError, useChange } from '../../api/index.ts';
import { notifyDone } from '../../components/index.ts';

const SHORTEST_PASSWORD = 10;

/** Changes the password; other browsers are signed out. */
export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation('account');
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useChange<PasswordChange>({
    method: 'POST',
    path: () => '/auth/change-password',
    body: (input) => input,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = () => {
      setCurrent('');
      setNew('');
      notifyDone(t('password.done'));
    };
    change.mutate({ currentPassword, newPassword }, { onSuccess });
  };
  const toggle = { 'aria-label': t('password.show') };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" align="stretch">
        {/* For password stores, which want to know whose password this is. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        {change.error && (
          <Alert color="red" role="alert">
            {reasonOf(change.error, t)}
          </Alert>
        )}
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={toggle}
          value={currentPassword}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('password.new')}
          description={t('password.length', { count: SHORTEST_PASSWORD })}
          autoComplete="new-password"
          required
          minLength={SHORTEST_PASSWORD}
          visibilityToggleButtonProps={toggle}
          value={newPassword}
          onChange={(event) => setNew(event.currentTarget.value)}
        />
        <Button type="submit" loading={change.isPending}>
          {t('password.change')}
        </Button>
      </Stack>
    </form>
  );
}

function reasonOf({ status, param, message }: ApiError, t: (key: string) => string): string {
  if (status === 0) return t('shell:state.unreachable');
  return param === 'currentPassword' ? t('password.wrong') : message;
}
