import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeBatch } from './queries.ts';
import { type BatchTexts, TextFields } from './text-fields.tsx';

type Props = { batch: BatchTexts & { id: string }; onClose(): void };

/** What annotators read of a batch. */
export function EditDialog({ batch, onClose }: Props) {
  const { t } = useTranslation('annotation-batches');
  const [texts, setTexts] = useState<BatchTexts>({ title: batch.title, guidelines: batch.guidelines });
  const change = useChangeBatch(batch.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(texts, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('action.edit')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextFields texts={texts} onChange={(part) => setTexts((before) => ({ ...before, ...part }))} />
          {change.error && (
            <Alert color="red" variant="outline" role="alert">
              {change.error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shell:action.cancel')}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {t('shell:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
