import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ListedKey } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { notifyDone, notifyFailed } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { useRevokeKey } from './queries.ts';

/** Asks before a key ends for good. */
export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ListedKey; onClose(): void }) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const revoke = useRevokeKey(apiKey.id);
  const { name, prefix, lastUsedOn } = apiKey;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('revoke.title', { name })}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <Stack>
        <Text size="sm">{t('revoke.what', { prefix })}</Text>
        <Text size="sm" fw={600}>
          {lastUsedOn === undefined ? t('revoke.neverUsed') : t('revoke.lastUsed', { day: format.day(lastUsedOn) })}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('shell:action.cancel')}
          </Button>
          <Button
            color="red.9"
            loading={revoke.isPending}
            onClick={() =>
              revoke.mutate(undefined, {
                onSuccess: () => {
                  notifyDone(t('revoke.done', { name }));
                  onClose();
                },
                onError: notifyFailed(t('revoke.failed')),
              })
            }
          >
            {t('revoke.submit')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
