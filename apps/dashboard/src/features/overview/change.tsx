import { Text } from '@mantine/core';
import type { Figure } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import { differenceOf, growthOf } from './difference-of.ts';

type ChangeProps = {
  now: Figure;
  before: Figure | undefined;
  as(value: number): string;
  /** After the number, such as `points`. */
  unit?: string;
};

/** Against the period before: the difference with its interval, or that it is within what chance does. */
export function Change({ now, before, as, unit = '' }: ChangeProps) {
  const { t } = useTranslation('overview');
  const difference = before && differenceOf(now, before);
  if (difference?.value === undefined) return null;
  const { value, interval } = difference;
  const change = `${as(value)} ${unit}`.trim();
  const words = interval
    ? t('change.interval', { change, low: as(interval.low), high: as(interval.high) })
    : t('change.tooFew', { change });
  const isUnclear = interval !== undefined && interval.low <= 0 && interval.high >= 0;
  return (
    <Text span inherit display="block">
      {words}
      {isUnclear && ` ${t('change.unclear')}`}
    </Text>
  );
}

/** Of what is counted and not estimated. */
export function Growth({ now, before }: { now: number; before: number | undefined }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const growth = before === undefined ? undefined : growthOf(now, before);
  if (growth === undefined) return null;
  return (
    <Text span inherit display="block">
      {t('change.growth', { change: format.signedShare(growth) })}
    </Text>
  );
}
