import { Accordion, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DOMAINS, OUTCOMES, REASONS, TASKS } from '../../app/vocabulary.ts';
import { PERIOD_FILTERS, PeriodPicker } from '../../components/index.ts';

const nothing = undefined as string | undefined;

/** Every filter of the list, as it stands in the address. */
export const REQUEST_FILTERS = {
  ...PERIOD_FILTERS,
  period: '7',
  id: nothing,
  outcome: nothing,
  reason: nothing,
  model: nothing,
  provider: nothing,
  policy: nothing,
  domain: nothing,
  task: nothing,
  key: nothing,
  tag: nothing,
  end_user: nothing,
  session: nothing,
  min_cost_usd: nothing,
  max_cost_usd: nothing,
  before: nothing,
} as const;

export type RequestFilters = { [Name in keyof typeof REQUEST_FILTERS]: string | undefined } & { period: string };

type Props = { value: RequestFilters; onChange(change: Partial<RequestFilters>): void };

const LISTS = { outcome: OUTCOMES, reason: REASONS, domain: DOMAINS, task: TASKS } as const;
const TEXTS = ['id', 'model', 'policy', 'tag'] as const;
const MORE_TEXTS = ['provider', 'key', 'end_user', 'session', 'min_cost_usd', 'max_cost_usd'] as const;

/** What narrows the list; the rarer ones behind a fold that is open when one of them is set. */
export function RequestFilterBar({ value, onChange }: Props) {
  const { t } = useTranslation('requests');
  const more =
    MORE_TEXTS.some((name) => value[name] !== undefined) || value.domain !== undefined || value.task !== undefined;
  return (
    <>
      <Group gap="md" align="flex-end">
        <PeriodPicker value={value} onChange={onChange} />
      </Group>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="xs">
        <ChoiceFilter name="outcome" value={value} onChange={onChange} />
        <ChoiceFilter name="reason" value={value} onChange={onChange} />
        {TEXTS.map((name) => (
          <TextFilter key={name} name={name} value={value} onChange={onChange} />
        ))}
      </SimpleGrid>
      <Accordion variant="contained" defaultValue={more ? 'more' : null}>
        <Accordion.Item value="more">
          <Accordion.Control>{t('filter.more')}</Accordion.Control>
          <Accordion.Panel>
            <SimpleGrid cols={{ base: 2, sm: 3, lg: 4 }} spacing="xs">
              <ChoiceFilter name="domain" value={value} onChange={onChange} />
              <ChoiceFilter name="task" value={value} onChange={onChange} />
              {MORE_TEXTS.map((name) => (
                <TextFilter key={name} name={name} value={value} onChange={onChange} />
              ))}
            </SimpleGrid>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  );
}

function ChoiceFilter({ name, value, onChange }: Props & { name: keyof typeof LISTS }) {
  const { t } = useTranslation('requests');
  const named = name === 'outcome' || name === 'reason';
  return (
    <Select
      size="xs"
      label={t(`filter.${name}`)}
      placeholder={t('filter.any')}
      data={LISTS[name].map((option) => ({ value: option, label: named ? t(`${name}.${option}`) : option }))}
      value={value[name] ?? null}
      onChange={(chosen) => onChange({ [name]: chosen ?? undefined, before: undefined })}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear', { name: t(`filter.${name}`) }) }}
      searchable
    />
  );
}

const TYPING_MS = 400;

function TextFilter({ name, value, onChange }: Props & { name: (typeof TEXTS)[number] | (typeof MORE_TEXTS)[number] }) {
  const { t } = useTranslation('requests');
  const wanted = value[name] ?? '';
  const [text, setText] = useState(wanted);
  useEffect(() => setText(wanted), [wanted]);
  const search = useDebouncedCallback(
    (typed: string) => onChange({ [name]: typed.trim() || undefined, before: undefined }),
    TYPING_MS,
  );
  return (
    <TextInput
      size="xs"
      label={t(`filter.${name}`)}
      placeholder={t(`placeholder.${name}`, { defaultValue: '' })}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}
