import { Alert, Button, Divider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProvider, useSignInOptions } from './queries.ts';

/** Sign-in with the provider of identities, where one is configured. `to`: the page to come back to. */
export function ProviderButton({ to }: { to: string }) {
  const { t } = useTranslation('sign-in');
  const options = useSignInOptions();
  const provider = useProvider();
  const oidc = options.data?.oidc;
  if (oidc === undefined) return null;
  return (
    <>
      <Divider label={t('or')} labelPosition="center" />
      {provider.error && (
        <Alert color="red" role="alert">
          {provider.error.message}
        </Alert>
      )}
      <Button
        variant="default"
        loading={provider.isPending || provider.isSuccess}
        onClick={() =>
          provider.mutate({ callbackURL: to }, { onSuccess: ({ url }) => globalThis.location.assign(url) })
        }
      >
        {t('with', { name: oidc.name })}
      </Button>
    </>
  );
}
