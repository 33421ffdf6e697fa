import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import type { KeyPatch, ListedKey } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone, notifyFailed } from '../../components/index.ts';
import { LastDayField } from './create-key-dialog.tsx';
import { dayOf, endOfDay } from './end-of-day.ts';
import { LimitFields } from './limit-fields.tsx';
import { type KeyLimits, useChangeKey } from './queries.ts';

/** Name, end and limits of a key that is in use. */
export function EditKeyDialog({ apiKey, onClose }: { apiKey: ListedKey; onClose(): void }) {
  const { t } = useTranslation('keys');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('edit.title', { name: apiKey.name })}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <EditForm apiKey={apiKey} onClose={onClose} />
    </Modal>
  );
}

function EditForm({ apiKey, onClose }: { apiKey: ListedKey; onClose(): void }) {
  const { t } = useTranslation('keys');
  const [name, setName] = useState(apiKey.name);
  const [lastDay, setLastDay] = useState(dayOf(apiKey.expiresAt));
  const [limits, setLimits] = useState<KeyLimits>(apiKey.limits);
  const change = useChangeKey(apiKey.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const patch: KeyPatch = {
      name: name.trim(),
      // The hour of an end that nobody touched stays.
      ...(lastDay !== dayOf(apiKey.expiresAt) && { expiresAt: lastDay === '' ? null : endOfDay(lastDay) }),
      limits: {
        requestsPerMinute: limits.requestsPerMinute ?? null,
        tokensPerMinute: limits.tokensPerMinute ?? null,
      },
    };
    change.mutate(patch, {
      onSuccess: () => {
        notifyDone(t('edit.done'));
        onClose();
      },
      onError: notifyFailed(t('edit.failed')),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('field.name')}
          required
          maxLength={128}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <LastDayField value={lastDay} onChange={setLastDay} />
        <LimitFields value={limits} onChange={setLimits} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shell:action.cancel')}
          </Button>
          <Button type="submit" loading={change.isPending} disabled={name.trim() === ''}>
            {t('shell:action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
