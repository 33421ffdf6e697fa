import { Button } from '@mantine/core';
import type { ClientOverview } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { ConfirmButton, notifyDone, notifyFailed } from '../../components/index.ts';
import { useDisableClient, useEnableClient } from './queries.ts';

/** Shuts a client out, after asking, or lets it in again. */
export function SwitchClient({ client: { id, name, disabledAt } }: { client: ClientOverview }) {
  const { t } = useTranslation('clients');
  const disable = useDisableClient(id);
  const enable = useEnableClient(id);
  const onError = notifyFailed(t('shell:action.failed'));
  if (disabledAt !== undefined) {
    return (
      <Button
        size="xs"
        variant="default"
        loading={enable.isPending}
        onClick={() => enable.mutate(undefined, { onSuccess: () => notifyDone(t('enable.done', { name })), onError })}
      >
        {t('enable.label', { name })}
      </Button>
    );
  }
  return (
    <ConfirmButton
      size="xs"
      variant="default"
      label={t('disable.label', { name })}
      question={t('disable.question', { name })}
      loading={disable.isPending}
      onConfirm={() => disable.mutate(undefined, { onSuccess: () => notifyDone(t('disable.done', { name })), onError })}
    />
  );
}
