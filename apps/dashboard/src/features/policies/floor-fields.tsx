import { Select, SimpleGrid } from '@mantine/core';
import type { Floor, Policy } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { NumberField } from './number-field.tsx';
import { withField } from './policy-draft.ts';

type Props = { policy: Policy; disabled: boolean; onChange(policy: Policy): void };

const STARTS: Record<Floor['kind'], Floor> = {
  'share-of-strongest': { kind: 'share-of-strongest', share: 0.98, confidence: 0.95 },
  'share-below': { kind: 'share-below', score: 0.8, share: 0.05, confidence: 0.95 },
};

/** The guarantee, if one is asked for. */
export function FloorFields({ policy, disabled, onChange }: Props) {
  const { t } = useTranslation('policies');
  const { floor } = policy;
  const set = (change: Partial<Record<'share' | 'score' | 'confidence', number>>) =>
    floor && onChange({ ...policy, floor: { ...floor, ...change } as Floor });
  const numbers =
    floor === undefined ? [] : ([...(floor.kind === 'share-below' ? ['score'] : []), 'share', 'confidence'] as const);
  return (
    <SimpleGrid cols={{ base: 1, sm: 4 }} spacing="sm">
      <Select
        label={t('field.floor')}
        description={t('help.floor')}
        data={(Object.keys(STARTS) as Floor['kind'][]).map((kind) => ({ value: kind, label: t(`floor.${kind}`) }))}
        value={floor?.kind ?? null}
        placeholder={t('none')}
        clearable
        clearButtonProps={{ 'aria-label': t('floor.clear') }}
        onChange={(kind) =>
          onChange(withField(policy, 'floor', kind === null ? undefined : STARTS[kind as Floor['kind']]))
        }
        disabled={disabled}
      />
      {(numbers as ('score' | 'share' | 'confidence')[]).map((name) => (
        <NumberField
          key={name}
          label={t(`floor.${name}`)}
          description={t(`floor.help.${name}`)}
          min={0.001}
          max={0.999}
          decimalScale={3}
          value={floor && name in floor ? ((floor as Record<string, number | string>)[name] as number) : undefined}
          onChange={(value) => value !== undefined && set({ [name]: value })}
          disabled={disabled}
        />
      ))}
    </SimpleGrid>
  );
}
