import { Text } from '@mantine/core';
import type { ModelPlane } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { Definition } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

type Props = { origin: Pick<ModelPlane, 'source' | 'router' | 'reference' | 'benchmark'> };

/** Where the numbers below come from, and what they can and cannot say. */
export function OriginLine({ origin }: Props) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const { source, router, reference, benchmark } = origin;
  const shown = benchmark?.series.find(({ id }) => id === benchmark.chosen);
  const parts = [
    router &&
      (router.prompts === 0
        ? t('origin.blind', { version: router.version })
        : t('origin.router', { version: router.version, count: router.prompts })),
    reference &&
      t(`origin.${reference.basis}`, {
        tokens: format.count(reference.inputTokens),
        count: reference.requests,
        formatted: format.count(reference.requests),
      }),
    source === 'traffic' && t('origin.real'),
    shown && t('series.name', { ...shown, day: format.day(shown.newestRunAt) }),
    shown?.emulated && t('series.emulated'),
  ];
  return (
    <Text size="sm" c="dimmed" component="div" role="status">
      {parts.filter(Boolean).join(' · ')}{' '}
      <Definition term={t(`source.${source}`)}>{t(`definition.${source}`)}</Definition>
    </Text>
  );
}
