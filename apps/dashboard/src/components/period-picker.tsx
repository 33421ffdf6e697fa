import { Group, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PERIODS, type PeriodFilters } from './period.ts';

type Props = { value: PeriodFilters; onChange(change: Partial<PeriodFilters>): void };

/** Today, some days, or days of one's own. */
export function PeriodPicker({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" align="flex-end" maw="100%">
      <SegmentedControl
        size="xs"
        maw="100%"
        style={{ overflowX: 'auto' }}
        aria-label={t('period.label')}
        value={value.period}
        onChange={(period) => onChange({ period })}
        data={PERIODS.map((period) => ({ value: period, label: t(`period.${period}`) }))}
      />
      {value.period === 'custom' &&
        (['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            size="xs"
            label={t(`period.${end}`)}
            value={value[end] ?? ''}
            onChange={(event) => onChange({ [end]: event.currentTarget.value || undefined })}
          />
        ))}
    </Group>
  );
}
