import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import type { Person, Role } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/index.ts';
import { ConfirmButton, notifyDone } from '../../components/index.ts';
import { CLIENT_ROLES, rolesFor } from './offered-roles.ts';
import { OneTimeLinkView } from './one-time-link-view.tsx';
import { useChangePerson, useRemove, useResetLink, useShutOut } from './queries.ts';

/** Changes one person. */
export function PersonDialog({ person, onClose }: { person: Person; onClose(): void }) {
  const { t } = useTranslation('people');
  const [failure, setFailure] = useState<ApiError>();
  return (
    <Modal opened onClose={onClose} title={person.email} closeButtonProps={{ 'aria-label': t('shell:action.close') }}>
      <Stack gap="lg">
        {failure && (
          <Alert color="red" role="alert">
            {failure.message}
          </Alert>
        )}
        <DetailsForm person={person} onFailure={setFailure} />
        <PasswordLink person={person} onFailure={setFailure} />
        <Endings person={person} onFailure={setFailure} onGone={onClose} />
      </Stack>
    </Modal>
  );
}

type Part = { person: Person; onFailure(error: ApiError | undefined): void };

function DetailsForm({ person, onFailure }: Part) {
  const { t } = useTranslation('people');
  const [name, setName] = useState(person.name);
  const [role, setRole] = useState<Role>(person.role);
  const change = useChangePerson(person.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFailure(undefined);
    change.mutate(
      { ...(name !== person.name && { name }), ...(role !== person.role && { role }) },
      { onSuccess: () => notifyDone(t('saved')), onError: onFailure },
    );
  };
  const ofClient = person.clientId !== undefined;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('column.role')}
          allowDeselect={false}
          // Whoever works for all has no client that a client's role could be for, and the other way round.
          data={rolesFor('operator')
            .filter((each) => CLIENT_ROLES.includes(each) === ofClient)
            .map((each) => ({ value: each, label: t(`shell:role.${each}`) }))}
          value={role}
          onChange={(each) => setRole(each as Role)}
        />
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={change.isPending}
            disabled={(name === person.name || name.trim() === '') && role === person.role}
          >
            {t('shell:action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function PasswordLink({ person, onFailure }: Part) {
  const { t } = useTranslation('people');
  const reset = useResetLink(person.id);
  const make = () => {
    onFailure(undefined);
    reset.mutate(undefined, { onError: onFailure });
  };
  if (reset.data !== undefined) return <OneTimeLinkView {...reset.data} />;
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm">{t('reset.text')}</Text>
      <Button variant="default" loading={reset.isPending} onClick={make}>
        {t('reset.make')}
      </Button>
    </Group>
  );
}

function Endings({ person, onFailure, onGone }: Part & { onGone(): void }) {
  const { t } = useTranslation('people');
  const shutOut = useShutOut(person.id);
  const remove = useRemove(person.id);
  const { email } = person;
  const out = person.disabledAt !== undefined;
  const change = (what: 'disable' | 'enable') => {
    onFailure(undefined);
    shutOut.mutate(what, { onSuccess: () => notifyDone(t('saved')), onError: onFailure });
  };
  return (
    <Group justify="flex-end" gap="xs">
      {out ? (
        <Button variant="default" onClick={() => change('enable')}>
          {t('enable')}
        </Button>
      ) : (
        <ConfirmButton
          variant="default"
          label={t('disable.label')}
          question={t('disable.question', { email })}
          onConfirm={() => change('disable')}
        />
      )}
      <ConfirmButton
        color="red.9"
        label={t('remove.label')}
        question={t('remove.question', { email })}
        onConfirm={() => remove.mutate(undefined, { onSuccess: onGone, onError: onFailure })}
      />
    </Group>
  );
}
