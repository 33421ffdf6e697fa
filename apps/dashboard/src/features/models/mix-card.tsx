import { Card, Group, Text } from '@mantine/core';
import type { ModelPlane } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { Estimate } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

/** Where the policy sits: what its requests cost, and were expected to be worth. */
export function MixCard({ plane: { mix, policy, source } }: { plane: ModelPlane }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  if (mix === undefined && policy === undefined) return null;
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('mix.title')}>
      <Group gap="lg">
        <Text fw={600} size="sm">
          {policy === undefined ? t('mix.title') : t('mix.policy', { name: policy.name })}
        </Text>
        {mix && (
          <>
            <Text size="sm">
              {t('mix.cost')}{' '}
              {mix.costNanoUsd === undefined ? t('shell:number.unknown') : format.money(mix.costNanoUsd)}
            </Text>
            <Text size="sm" component="div">
              {t('mix.quality')} <Estimate {...mix.quality} estimated as={format.score} />
            </Text>
            <Text size="sm" c="dimmed">
              {t('mix.requests', { count: mix.requests, formatted: format.count(mix.requests) })}
            </Text>
          </>
        )}
        {mix === undefined && source !== 'benchmark' && (
          <Text size="sm" c="dimmed">
            {t('mix.none')}
          </Text>
        )}
        {policy && (
          <Text size="sm">
            {policy.minOverall === undefined
              ? t('mix.noMinimum')
              : t('mix.minimum', { score: format.score(policy.minOverall) })}
          </Text>
        )}
      </Group>
    </Card>
  );
}
