import { Alert, Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/index.ts';
import { notifyDone } from '../../components/index.ts';
import { useCreateClient } from './queries.ts';

/** Makes a client, then shows its keys: without one it can do nothing. */
export function CreateClientDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('clients');
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [budget, setBudget] = useState<number | string>('');
  const create = useCreateClient();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name, ...(typeof budget === 'number' && { limits: { budgetMonthUsd: budget } }) },
      {
        onSuccess: (client) => {
          notifyDone(t('create.done', { name: client.name }));
          void navigate({ to: '/keys', search: { client: client.id } } as never);
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('create.open')}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {create.error && <Refusal error={create.error} />}
          <Fields name={name} onName={setName} budget={budget} onBudget={setBudget} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shell:action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              {t('create.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const Refusal = ({ error }: { error: ApiError }) => (
  <Alert color="red" role="alert">
    {error.message}
  </Alert>
);

type FieldsProps = {
  name: string;
  onName(name: string): void;
  /** In dollars; a text while it is no number. */
  budget: number | string;
  onBudget(budget: number | string): void;
};

function Fields({ name, onName, budget, onBudget }: FieldsProps) {
  const { t } = useTranslation('clients');
  return (
    <>
      <TextInput
        label={t('column.name')}
        required
        maxLength={128}
        value={name}
        onChange={(event) => onName(event.currentTarget.value)}
        data-autofocus
      />
      <NumberInput
        label={t('create.budget')}
        description={t('create.budgetNote')}
        min={0.01}
        max={1_000_000}
        decimalScale={2}
        prefix="$"
        value={budget}
        onChange={onBudget}
        hideControls
      />
    </>
  );
}
