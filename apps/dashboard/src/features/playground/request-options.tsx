import { NumberInput, Select, SimpleGrid, Stack } from '@mantine/core';
import type { PlaygroundRequest } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useTargets } from './queries.ts';

/** What bounds the choice; texts, as they stand in the address. */
export const OPTION_FILTERS = {
  model: 'auto',
  maxCost: undefined as string | undefined,
  minScore: undefined as string | undefined,
  maxLatency: undefined as string | undefined,
  maxTokens: undefined as string | undefined,
  temperature: undefined as string | undefined,
};
export type OptionFilters = { [K in keyof typeof OPTION_FILTERS]: K extends 'model' ? string : string | undefined };

const numberOf = (text: string | undefined): number | undefined => {
  const value = Number(text);
  return text === undefined || text === '' || !Number.isFinite(value) ? undefined : value;
};

/** The filters as a request. */
export function requestOf(filters: OptionFilters): Omit<PlaygroundRequest, 'messages' | 'client'> {
  return {
    model: filters.model,
    options: {
      max_cost_usd: numberOf(filters.maxCost),
      min_score: numberOf(filters.minScore),
      max_latency_ms: numberOf(filters.maxLatency),
    },
    maxTokens: numberOf(filters.maxTokens),
    temperature: numberOf(filters.temperature),
  };
}

type Props = { clientId: string; value: OptionFilters; onChange(change: Partial<OptionFilters>): void };

/** Who is to answer, and within which bounds. */
export function RequestOptions({ clientId, value, onChange }: Props) {
  const { t } = useTranslation('playground');
  const { policies, models } = useTargets(clientId);
  const known = new Set(['auto', ...policies.map((name) => `auto/${name}`), ...models]);
  const routed = [
    { value: 'auto', label: t('model.auto') },
    ...policies.map((name) => ({ value: `auto/${name}`, label: t('model.policy', { name }) })),
  ];
  return (
    <Stack gap="sm">
      <Select
        label={t('model.label')}
        searchable
        allowDeselect={false}
        limit={100}
        value={value.model}
        onChange={(model) => onChange({ model: model ?? 'auto' })}
        data={[
          { group: t('model.routed'), items: routed },
          // What the address names stands there even before the lists have come.
          { group: t('model.named'), items: known.has(value.model) ? models : [value.model, ...models] },
        ]}
      />
      <Bounds value={value} onChange={onChange} />
    </Stack>
  );
}

function Bounds({ value, onChange }: Omit<Props, 'clientId'>) {
  const { t } = useTranslation('playground');
  const field = (name: Exclude<keyof OptionFilters, 'model'>, limits: { max?: number; step: number }) => (
    <NumberInput
      label={t(`bound.${name}`)}
      placeholder={t('bound.none')}
      min={0}
      // Beyond six digits numbers turn into 1e-7, which no field takes back.
      decimalScale={6}
      hideControls
      {...limits}
      value={value[name] ?? ''}
      onChange={(given) => onChange({ [name]: given === '' ? undefined : String(given) })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm" verticalSpacing="xs">
      {field('maxCost', { step: 0.001 })}
      {field('minScore', { max: 1, step: 0.05 })}
      {field('maxLatency', { step: 100 })}
      {field('maxTokens', { step: 100 })}
      {field('temperature', { max: 2, step: 0.1 })}
    </SimpleGrid>
  );
}
