import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import type { IssuedKey, ListedKey } from '@pointsman/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyFailed } from '../../components/index.ts';
import { useRotateKey } from './queries.ts';
import { SecretShown } from './secret-shown.tsx';

const GRACES = [0, 1, 2, 3, 7];

/** Gives a key a new secret, after asking for how long the old one goes on working. */
export function RotateKeyDialog({ apiKey, onClose }: { apiKey: ListedKey; onClose(): void }) {
  const { t } = useTranslation('keys');
  const [issued, setIssued] = useState<IssuedKey | undefined>();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(issued ? 'secret.title' : 'rotate.title', { name: apiKey.name })}
      size="lg"
      closeOnClickOutside={issued === undefined}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      {issued === undefined ? (
        <GraceForm apiKey={apiKey} onRotated={setIssued} onCancel={onClose} />
      ) : (
        <SecretShown issued={issued} onClose={onClose} />
      )}
    </Modal>
  );
}

type FormProps = { apiKey: ListedKey; onRotated(issued: IssuedKey): void; onCancel(): void };

function GraceForm({ apiKey, onRotated, onCancel }: FormProps) {
  const { t } = useTranslation('keys');
  const [grace, setGrace] = useState('1');
  const rotate = useRotateKey(apiKey.id);
  return (
    <Stack>
      <Text size="sm">{t('rotate.what')}</Text>
      {apiKey.previous && <Text size="sm">{t('rotate.endsPrevious', { prefix: apiKey.previous.prefix })}</Text>}
      <Select
        label={t('rotate.grace')}
        allowDeselect={false}
        value={grace}
        onChange={(value) => setGrace(value ?? '1')}
        data={GRACES.map((days) => ({
          value: String(days),
          label: days === 0 ? t('rotate.atOnce') : t('rotate.days', { count: days }),
        }))}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('shell:action.cancel')}
        </Button>
        <Button
          loading={rotate.isPending}
          onClick={() =>
            rotate.mutate(Number(grace), { onSuccess: onRotated, onError: notifyFailed(t('rotate.failed')) })
          }
        >
          {t('rotate.submit')}
        </Button>
      </Group>
    </Stack>
  );
}
