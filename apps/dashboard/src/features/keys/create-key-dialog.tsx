import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import type { IssuedKey } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyFailed } from '../../components/index.ts';
import { endOfDay } from './end-of-day.ts';
import { LimitFields } from './limit-fields.tsx';
import { type KeyLimits, useIssueKey } from './queries.ts';
import { SecretShown } from './secret-shown.tsx';

type Props = { clientId: string; opened: boolean; onClose(): void };

/** Asks what a new key is for, then shows its secret once. */
export function CreateKeyDialog({ clientId, opened, onClose }: Props) {
  const { t } = useTranslation('keys');
  const [issued, setIssued] = useState<IssuedKey | undefined>();
  const close = () => {
    onClose();
    setIssued(undefined);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(issued ? 'secret.title' : 'create.title')}
      size="lg"
      // A click beside the dialog must not lose what is shown only once.
      closeOnClickOutside={issued === undefined}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      {issued === undefined ? (
        <NewKeyForm clientId={clientId} onIssued={setIssued} onCancel={close} />
      ) : (
        <SecretShown issued={issued} onClose={close} />
      )}
    </Modal>
  );
}

type FormProps = { clientId: string; onIssued(issued: IssuedKey): void; onCancel(): void };

function NewKeyForm({ clientId, onIssued, onCancel }: FormProps) {
  const { t } = useTranslation('keys');
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState(['inference', 'read']);
  const [lastDay, setLastDay] = useState('');
  const [limits, setLimits] = useState<KeyLimits>({});
  const issue = useIssueKey(clientId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = lastDay === '' ? {} : { expiresAt: endOfDay(lastDay) };
    issue.mutate(
      { name: name.trim(), scopes, limits, ...expiresAt },
      { onSuccess: onIssued, onError: notifyFailed(t('create.failed')) },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('field.name')}
          description={t('field.nameHint')}
          required
          maxLength={128}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox.Group label={t('field.scopes')} value={scopes} onChange={setScopes}>
          <Stack gap={6} mt={6}>
            {['inference', 'read'].map((scope) => (
              <Checkbox key={scope} value={scope} label={t(`scope.${scope}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <LastDayField value={lastDay} onChange={setLastDay} />
        <LimitFields value={limits} onChange={setLimits} />
        <Text size="xs" c="dimmed">
          {t('limits.both')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('shell:action.cancel')}
          </Button>
          <Button type="submit" loading={issue.isPending} disabled={name.trim() === '' || scopes.length === 0}>
            {t('create.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The day at whose end a key ends; empty: never. */
export function LastDayField({ value, onChange }: { value: string; onChange(day: string): void }) {
  const { t } = useTranslation('keys');
  return (
    <TextInput
      type="date"
      label={t('field.lastDay')}
      description={t('field.lastDayHint')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
