import { SimpleGrid, Switch, TagsInput } from '@mantine/core';
import type { Policy } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { NumberField } from './number-field.tsx';
import { withField } from './policy-draft.ts';

type Props = { policy: Policy; disabled: boolean; onChange(policy: Policy): void };

/** Ceilings, risk, budget: numbers of which most may be absent. */
export function LimitFields({ policy, disabled, onChange }: Props) {
  const { t } = useTranslation('policies');
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <NumberField
        label={t('field.risk')}
        description={t('help.risk')}
        min={0.001}
        max={0.999}
        decimalScale={3}
        value={policy.risk}
        onChange={(value) => onChange({ ...policy, risk: value ?? policy.risk })}
        disabled={disabled}
      />
      {(['minShareOfBest', 'maxCostUsd', 'maxLatencyMs', 'monthlyBudgetUsd'] as const).map((field) => (
        <NumberField
          key={field}
          label={t(`field.${field}`)}
          description={t(`help.${field}`)}
          placeholder={t('none')}
          min={0}
          {...(field === 'minShareOfBest' && { max: 1, decimalScale: 3 })}
          value={policy[field]}
          onChange={(value) => onChange(withField(policy, field, value === 0 ? undefined : value))}
          disabled={disabled}
        />
      ))}
      <Switch
        label={t('field.strict')}
        description={t('help.strict')}
        checked={policy.strict}
        onChange={(event) => onChange({ ...policy, strict: event.currentTarget.checked })}
        disabled={disabled}
      />
    </SimpleGrid>
  );
}

/** Which models, in which regions. */
export function ModelFields({ policy, disabled, models, onChange }: Props & { models: readonly string[] }) {
  const { t } = useTranslation('policies');
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
      <TagsInput
        label={t('field.allowedModels')}
        description={t('help.allowedModels')}
        data={[...models]}
        value={policy.allowedModels}
        onChange={(allowedModels) => onChange({ ...policy, allowedModels })}
        disabled={disabled}
      />
      <TagsInput
        label={t('field.deniedModels')}
        description={t('help.deniedModels')}
        data={[...models]}
        value={policy.deniedModels}
        onChange={(deniedModels) => onChange({ ...policy, deniedModels })}
        disabled={disabled}
      />
      <TagsInput
        label={t('field.regions')}
        description={t('help.regions')}
        data={['eu', 'us']}
        value={policy.regions ?? []}
        onChange={(regions) => onChange(withField(policy, 'regions', regions.length === 0 ? undefined : regions))}
        disabled={disabled}
      />
    </SimpleGrid>
  );
}
