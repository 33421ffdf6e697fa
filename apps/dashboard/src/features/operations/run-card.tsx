import { Card, Group, Progress, Stack, Text } from '@mantine/core';
import type { RunView } from '@pointsman/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { StateBadge } from './state-badge.tsx';

/** One run under way: how far it is, at what pace, for how much. */
export function RunCard({ run }: { run: RunView }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const { id, status, benchmark, contestants, judge, emulated, items } = run;
  const share = items.total === 0 ? 0 : items.done / items.total;
  const progress = t('runs.itemsDone', {
    done: format.count(items.done),
    total: format.count(items.total),
    share: format.share(share),
  });
  return (
    <Card withBorder padding="sm" component="li">
      <Stack gap={6}>
        <Group justify="space-between" gap="xs">
          <Text fw={600}>
            {t('runs.version', benchmark)}{' '}
            <Text span size="sm" c="dimmed">
              {id}
            </Text>
          </Text>
          <StateBadge health={status === 'running' ? 'good' : 'idle'}>{t(`runs.status.${status}`)}</StateBadge>
        </Group>
        <Text size="sm">
          {t('runs.judgedBy', { models: contestants.join(', '), judge })}
          {emulated && ` · ${t('runs.emulated')}`}
        </Text>
        <Progress value={100 * share} aria-label={t('runs.progress', { id })} />
        <Group gap="2px 24px">
          {[progress, ...factsOf(run, t, format)].map((fact) => (
            <Text key={fact} size="sm" c="dimmed">
              {fact}
            </Text>
          ))}
        </Group>
      </Stack>
    </Card>
  );
}

function factsOf(
  { callsInFlight, workers, maxCostNanoUsd, items, ...rest }: RunView,
  say: TFunction<'operations'>,
  { money }: Format,
): string[] {
  const spent = money(rest.spentNanoUsd);
  return [
    say('runs.lately', { count: items.doneLately }),
    say('runs.inFlight', { count: callsInFlight }),
    ...(workers > 0 ? [say('runs.workers', { count: workers })] : []),
    maxCostNanoUsd === undefined
      ? say('runs.spentUnlimited', { spent })
      : say('runs.spentOf', { spent, ceiling: money(maxCostNanoUsd) }),
    say('runs.held', { held: money(rest.reservedNanoUsd) }),
    ...(rest.unknownCosts > 0 ? [say('runs.unknownCosts', { count: rest.unknownCosts })] : []),
    ...(rest.lostCalls > 0 ? [say('runs.lostCalls', { count: rest.lostCalls, most: money(rest.lostNanoUsd) })] : []),
  ];
}
