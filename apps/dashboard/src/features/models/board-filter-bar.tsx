import { Group, NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AXES, METRICS } from './lists.ts';

export type BoardChoice = {
  by: string;
  metric: string;
  search: string | undefined;
  provider: string | undefined;
  measured: boolean;
  sort: string;
};

type Props = {
  choice: BoardChoice;
  onChange(change: Partial<BoardChoice>): void;
  providers: readonly string[];
  /** Whether the source tells dimensions apart. */
  hasMetrics: boolean;
};

/** Which columns and rows the board has. */
export function BoardFilterBar({ choice, onChange, providers, hasMetrics }: Props) {
  const { t } = useTranslation('models');
  return (
    <Group gap="md" align="flex-end">
      <SegmentedControl
        size="xs"
        aria-label={t('by.label')}
        value={choice.by}
        // Columns of another axis cannot be sorted by.
        onChange={(by) => onChange({ by, sort: '-all' })}
        data={AXES.map((value) => ({ value, label: t(`by.${value}`) }))}
      />
      {choice.by !== 'dimension' && hasMetrics && (
        <NativeSelect
          size="xs"
          label={t('metric')}
          value={choice.metric}
          onChange={(event) => onChange({ metric: event.currentTarget.value })}
          data={METRICS.map((value) => ({ value, label: t(`shell:dimension.${value}`) }))}
        />
      )}
      <Search value={choice.search} onChange={(search) => onChange({ search })} />
      <NativeSelect
        size="xs"
        label={t('provider.label')}
        value={choice.provider ?? ''}
        onChange={(event) => onChange({ provider: event.currentTarget.value || undefined })}
        data={[{ value: '', label: t('provider.all') }, ...providers]}
      />
      <Switch
        size="sm"
        pb={4}
        label={t('measuredOnly')}
        checked={choice.measured}
        onChange={(event) => onChange({ measured: event.currentTarget.checked })}
      />
    </Group>
  );
}

const TYPING_MS = 250;

function Search({ value, onChange }: { value: string | undefined; onChange(value: string | undefined): void }) {
  const { t } = useTranslation('models');
  const [text, setText] = useState(value ?? '');
  const ask = useDebouncedCallback((asked: string) => onChange(asked.trim() || undefined), TYPING_MS);
  return (
    <TextInput
      size="xs"
      type="search"
      label={t('search')}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        ask(event.currentTarget.value);
      }}
    />
  );
}
