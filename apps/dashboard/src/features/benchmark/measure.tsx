import { Text } from '@mantine/core';
import type { MeasuredValue } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { Estimate } from '../../components/index.ts';

/** A measured figure with its 95 % interval; or that there are too few samples, and how many; or that nobody measured it. */
export function Measure({ of, as }: { of: MeasuredValue | undefined; as(value: number): string }) {
  const { t } = useTranslation('benchmark');
  if (of !== undefined && !('tooFew' in of)) return <Estimate value={of.estimate} interval={of} as={as} />;
  return (
    <Text span c="dimmed" inherit>
      {of === undefined ? t('measure.none') : t('measure.tooFew', { count: of.n })}
    </Text>
  );
}
