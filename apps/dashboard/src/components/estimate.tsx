import { Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Measured } from './interval.ts';

type Props = Measured & {
  /** Turns a value into text: `format.score`, `format.money`, ... */
  as(value: number): string;
  /** Show the interval beside the number (true) or only on hover and to screen readers. */
  inline?: boolean;
};

/** A number a person may act on: with its interval, or the words why there is none. Estimates look like estimates. */
export function Estimate({ value, interval, estimated = false, as, inline = true }: Props) {
  const { t } = useTranslation();
  if (value === undefined) {
    return (
      <Text span c="dimmed" inherit>
        {t('number.unknown')}
      </Text>
    );
  }
  const range = interval && t('number.interval', { low: as(interval.low), high: as(interval.high) });
  const title = [estimated ? t('number.estimate') : undefined, range ?? t('number.tooFew')].filter(Boolean).join('; ');
  const text = (
    <Tooltip label={title} withinPortal>
      <span className={estimated ? 'number estimate' : 'number'}>
        {estimated ? '≈ ' : ''}
        {as(value)}
      </span>
    </Tooltip>
  );
  return (
    <>
      {text}
      {inline && (
        <Text span size="xs" c="dimmed" ml={6} className="number">
          {interval ? `[${as(interval.low)}; ${as(interval.high)}]` : t('number.tooFew')}
        </Text>
      )}
    </>
  );
}
