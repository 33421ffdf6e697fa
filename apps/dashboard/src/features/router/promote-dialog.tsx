import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import type { ArtefactView } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '../../components/index.ts';
import { useActivate } from './queries.ts';
import { Verdict } from './verdict.tsx';

type Props = { artefact: ArtefactView; onClose(): void };

/** Asks before an artefact serves: with the verdict of its report, and for a reason where that says hold. */
export function PromoteDialog({ artefact: { artefact, version, promotion }, onClose }: Props) {
  const { t } = useTranslation('router');
  const [reason, setReason] = useState('');
  const activate = useActivate();
  const isHeld = promotion?.kind !== 'promote';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = reason.trim();
    activate.mutate(
      { artefact: artefact ?? '', ...(isHeld && { force: true }), ...(given !== '' && { reason: given }) },
      {
        onSuccess: () => {
          notifyDone(t('promote.done', { version }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('promote.of', { version })}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {activate.error && (
            <Alert color="red" role="alert">
              {activate.error.message}
            </Alert>
          )}
          <Verdict promotion={promotion} />
          <Text size="sm">{t('promote.question')}</Text>
          <Textarea
            label={t(isHeld ? 'promote.reasonNeeded' : 'promote.reason')}
            required={isHeld}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shell:action.cancel')}
            </Button>
            <Button
              type="submit"
              loading={activate.isPending}
              disabled={isHeld && reason.trim() === ''}
              {...(isHeld && { color: 'red.9' })}
            >
              {t(isHeld ? 'promote.force' : 'promote.open')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
