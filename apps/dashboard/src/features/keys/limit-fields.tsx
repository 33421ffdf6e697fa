import { Group, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KeyLimits } from './queries.ts';

type Props = { value: KeyLimits; onChange(value: KeyLimits): void };

/** What a number field says: a number, or nothing where it is empty. */
export const numberOf = (value: string | number): number | undefined =>
  value === '' || !Number.isFinite(Number(value)) ? undefined : Number(value);

/** The limits of one key; empty is unlimited. */
export function LimitFields({ value, onChange }: Props) {
  const { t } = useTranslation('keys');
  const field = (name: keyof KeyLimits) => (
    <NumberInput
      label={t(`limits.${name}`)}
      placeholder={t('limits.none')}
      min={1}
      allowDecimal={false}
      thousandSeparator=" "
      hideControls
      value={value[name] ?? ''}
      onChange={(given) => onChange({ ...value, [name]: numberOf(given) })}
    />
  );
  return (
    <Group grow align="flex-end">
      {field('requestsPerMinute')}
      {field('tokensPerMinute')}
    </Group>
  );
}
