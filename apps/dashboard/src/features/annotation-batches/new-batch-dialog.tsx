import { Alert, Button, Checkbox, Group, Modal, NumberInput, Stack } from '@mantine/core';
import type { Dimension } from '@pointsman/contracts';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DIMENSION_NAMES, type NewBatch, NO_BATCH, sourceOf } from './new-batch.ts';
import { PlanPreview } from './plan-preview.tsx';
import { useOpenBatch } from './queries.ts';
import { SourceFields } from './source-fields.tsx';
import { TextFields } from './text-fields.tsx';

/** Asks what is to be rated and how, and makes the batch. */
export function NewBatchDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('annotation-batches');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('new.title')}
      size="xl"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <NewBatchForm onCancel={onClose} />
    </Modal>
  );
}

function NewBatchForm({ onCancel }: { onCancel(): void }) {
  const { t } = useTranslation('annotation-batches');
  const navigate = useNavigate();
  const [batch, setBatch] = useState<NewBatch>(NO_BATCH);
  const open = useOpenBatch();
  const change = (part: Partial<NewBatch>) => setBatch((before) => ({ ...before, ...part }));
  const source = sourceOf(batch);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (source === undefined) return;
    const { title, guidelines, dimensions, numbers } = batch;
    open.mutate(
      { title, guidelines, dimensions, source, ...numbers, goldShare: numbers.goldShare / 100 },
      { onSuccess: ({ id }) => navigate({ to: `/annotation/batches/${id}` as string }) },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextFields texts={batch} onChange={change} />
        <SourceFields batch={batch} onChange={change} />
        <DimensionFields chosen={batch.dimensions} onChange={(dimensions) => change({ dimensions })} />
        <NumberFields batch={batch} onChange={change} />
        <PlanPreview batch={batch} />
        {open.error && (
          <Alert color="red" variant="outline" role="alert">
            {open.error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('shell:action.cancel')}
          </Button>
          <Button
            type="submit"
            loading={open.isPending}
            disabled={source === undefined || batch.dimensions.length === 0}
          >
            {t('new.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function DimensionFields({ chosen, onChange }: { chosen: Dimension[]; onChange(chosen: Dimension[]): void }) {
  const { t } = useTranslation('annotation-batches');
  return (
    <Checkbox.Group label={t('new.dimensions')} value={chosen} onChange={(names) => onChange(names as Dimension[])}>
      <Group gap="md" mt={6}>
        {DIMENSION_NAMES.map((dimension) => (
          <Checkbox key={dimension} value={dimension} label={t(`shell:dimension.${dimension}`)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

const NUMBERS = [
  { name: 'targetCeiling', min: 0.5, max: 0.98, step: 0.01 },
  { name: 'mostRaters', min: 1, max: 12, step: 1 },
  { name: 'mostItems', min: 1, max: 20_000, step: 50 },
  { name: 'goldShare', min: 0, max: 30, step: 1 },
  { name: 'reservationMinutes', min: 1, max: 480, step: 5 },
  { name: 'disagreement', min: 1, max: 4, step: 1 },
] as const;

type FieldsProps = { batch: NewBatch; onChange(part: Partial<NewBatch>): void };

function NumberFields({ batch: { numbers }, onChange }: FieldsProps) {
  const { t } = useTranslation('annotation-batches');
  return (
    <Group align="flex-end" gap="sm">
      {NUMBERS.map(({ name, ...range }) => (
        <NumberInput
          key={name}
          {...range}
          w={{ base: '100%', xs: 220 }}
          label={t(`new.${name}`)}
          required
          value={numbers[name]}
          onChange={(value) => typeof value === 'number' && onChange({ numbers: { ...numbers, [name]: value } })}
        />
      ))}
    </Group>
  );
}
