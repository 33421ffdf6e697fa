import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import type { ClientBudget } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { notifyDone, notifyFailed } from '../../components/index.ts';
import { numberOf } from './limit-fields.tsx';
import { type BudgetPatch, useChangeBudget } from './queries.ts';

type Props = { clientId: string; budget: ClientBudget; opened: boolean; onClose(): void };

/** Sets the budgets of the day and the month: an owner lowers them, an operator sets them as they like. */
export function BudgetDialog({ opened, onClose, ...form }: Props) {
  const { t } = useTranslation('keys');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('budget.change')}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <BudgetForm {...form} onClose={onClose} />
    </Modal>
  );
}

const NANO = 1e9;
const usdOf = (nanoUsd: number | undefined) => (nanoUsd === undefined ? undefined : nanoUsd / NANO);

function BudgetForm({ clientId, budget, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('keys');
  const { role } = useMe();
  const [dayUsd, setDayUsd] = useState(usdOf(budget.day.limitNanoUsd));
  const [monthUsd, setMonthUsd] = useState(usdOf(budget.month.limitNanoUsd));
  const change = useChangeBudget(clientId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const patch: BudgetPatch = {
      ...(dayUsd !== usdOf(budget.day.limitNanoUsd) && { budgetDayUsd: dayUsd ?? null }),
      ...(monthUsd !== usdOf(budget.month.limitNanoUsd) && { budgetMonthUsd: monthUsd ?? null }),
    };
    change.mutate(patch, {
      onSuccess: () => {
        notifyDone(t('budget.changed'));
        onClose();
      },
      onError: notifyFailed(t('budget.failed')),
    });
  };
  const field = (label: string, value: number | undefined, onChange: (usd: number | undefined) => void) => (
    <NumberInput
      label={label}
      placeholder={t('limits.none')}
      prefix="$"
      min={0}
      decimalScale={6}
      hideControls
      value={value ?? ''}
      onChange={(given) => onChange(numberOf(given))}
    />
  );
  return (
    <form onSubmit={submit}>
      <Stack>
        {role !== 'operator' && <Text size="sm">{t('budget.ownerHint')}</Text>}
        {field(t('budget.dayField'), dayUsd, setDayUsd)}
        {field(t('budget.monthField'), monthUsd, setMonthUsd)}
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
  );
}
