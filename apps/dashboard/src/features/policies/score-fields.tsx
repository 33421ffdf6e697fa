import { Grid, Slider, Text } from '@mantine/core';
import type { Dimension, Policy } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { DIMENSIONS } from '../../app/vocabulary.ts';
import { NumberField } from './number-field.tsx';
import { withEntry } from './policy-draft.ts';

type Props = { policy: Policy; disabled: boolean; onChange(policy: Policy): void };

const NAMES = ['overall', ...DIMENSIONS] as const;

/** A minimum for each dimension, by slider or by number, and what each counts in the overall score. */
export function ScoreFields({ policy, disabled, onChange }: Props) {
  const { t } = useTranslation('policies');
  return (
    <>
      {NAMES.map((name) => (
        <ScoreRow key={name} name={name} policy={policy} disabled={disabled} onChange={onChange} />
      ))}
      <Text size="xs" c="dimmed">
        {t('scores.note')}
      </Text>
    </>
  );
}

function ScoreRow({ name, policy, disabled, onChange }: Props & { name: 'overall' | Dimension }) {
  const { t } = useTranslation('policies');
  const label = t(`shell:dimension.${name}`);
  const minimum = policy.minScores[name];
  const setMinimum = (value: number | undefined) =>
    onChange({ ...policy, minScores: withEntry(policy.minScores, name, value) });
  return (
    <Grid align="center" gap="xs">
      <Grid.Col span={{ base: 12, sm: 3 }}>
        <Text size="sm">{label}</Text>
      </Grid.Col>
      <Grid.Col span={{ base: 6, sm: 4 }}>
        <Slider
          min={0}
          max={1}
          step={0.01}
          label={(value) => value.toFixed(2)}
          thumbLabel={t('scores.minimum', { name: label })}
          value={minimum ?? 0}
          onChange={(value) => setMinimum(value === 0 ? undefined : value)}
          disabled={disabled}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 3, sm: 2 }}>
        <NumberField
          size="xs"
          aria-label={t('scores.minimumNumber', { name: label })}
          placeholder={t('none')}
          min={0}
          max={1}
          decimalScale={3}
          value={minimum}
          onChange={setMinimum}
          disabled={disabled}
        />
      </Grid.Col>
      {name !== 'overall' && (
        <Grid.Col span={{ base: 3, sm: 2 }}>
          <NumberField
            size="xs"
            aria-label={t('scores.weight', { name: label })}
            placeholder={t('scores.equal')}
            min={0}
            value={policy.weights[name]}
            onChange={(value) => onChange({ ...policy, weights: withEntry(policy.weights, name, value) })}
            disabled={disabled}
          />
        </Grid.Col>
      )}
    </Grid>
  );
}
