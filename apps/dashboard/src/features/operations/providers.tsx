import { Group, Stack, Switch, Text } from '@mantine/core';
import type { ProviderHealth, ProvidersView } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Definition, Empty, Estimate, useFilters } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Failures } from './failures.tsx';
import { type Health, StateBadge } from './state-badge.tsx';
import { ToldLimits } from './told-limits.tsx';

const BREAKER_HEALTH: Record<ProviderHealth['breaker'], Health> = {
  closed: 'good',
  'half-open': 'doubtful',
  open: 'bad',
};

/** Each provider's circuit, calls and failures, as the gateway that answers sees them. */
export function Providers({ view: { data, since } }: { view: ProvidersView }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const [{ off }, setFilters] = useFilters({ off: false });
  const shown = data.filter(({ source }) => off || source !== 'off');
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Group gap={4}>
          <Text size="sm" c="dimmed">
            {t('providers.since', { time: format.dateTime(since) })}
          </Text>
          <Definition term={t('providers.title')}>{t('providers.definition')}</Definition>
        </Group>
        <Switch
          label={t('providers.showOff')}
          checked={off}
          onChange={(event) => setFilters({ off: event.currentTarget.checked })}
        />
      </Group>
      {shown.length === 0 ? (
        <Empty>{t('providers.none')}</Empty>
      ) : (
        <DataTable caption={t('providers.title')} columns={useProviderColumns()} rows={shown} rowKey={({ id }) => id} />
      )}
      <Failures providers={data} />
      <ToldLimits providers={data} />
    </Stack>
  );
}

function useProviderColumns(): Column<ProviderHealth>[] {
  const { t } = useTranslation('operations');
  const format = useFormat();
  return [
    { key: 'name', header: t('providers.name'), cell: (provider) => <Name provider={provider} /> },
    { key: 'breaker', header: t('providers.breaker'), cell: (provider) => <Breaker provider={provider} /> },
    {
      key: 'calls',
      header: t('providers.calls'),
      align: 'right',
      cell: ({ lastHour }) => <span className="number">{format.count(lastHour.calls)}</span>,
    },
    {
      key: 'errors',
      header: t('providers.failed'),
      align: 'right',
      cell: ({ lastHour: { calls, errors } }) =>
        calls === 0 ? NOTHING : <Estimate value={errors.value} interval={errors.interval} as={format.share} />,
    },
    ...(['latencyP50', 'latencyP95'] as const).map(
      (quantile): Column<ProviderHealth> => ({
        key: quantile,
        header: t(`providers.${quantile}`),
        align: 'right',
        cell: ({ lastHour }) =>
          lastHour.answered === 0 ? (
            NOTHING
          ) : (
            <Estimate value={lastHour[quantile].value} interval={lastHour[quantile].interval} as={format.duration} />
          ),
      }),
    ),
  ];
}

const NOTHING = (
  <Text span c="dimmed">
    –
  </Text>
);

function Name({ provider: { name, source, why, models } }: { provider: ProviderHealth }) {
  const { t } = useTranslation('operations');
  return (
    <div>
      <Text size="sm" fw={500}>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {[t(`providers.source.${source}`), t('providers.models', { count: models }), why].filter(Boolean).join(' · ')}
      </Text>
    </div>
  );
}

function Breaker({ provider: { breaker, circuits, source, lastHour } }: { provider: ProviderHealth }) {
  const { t } = useTranslation('operations');
  if (source === 'off') return NOTHING;
  return (
    <Stack gap={2} align="flex-start">
      <StateBadge health={BREAKER_HEALTH[breaker]}>{t(`providers.state.${breaker}`)}</StateBadge>
      {circuits.map(({ modelId, state }) => (
        <Text key={modelId} size="xs">
          {t('providers.circuit', { model: modelId, state: t(`providers.state.${state}`) })}
        </Text>
      ))}
      {lastHour.heldBack > 0 && (
        <Text size="xs" c="dimmed">
          {t('providers.heldBack', { count: lastHour.heldBack })}
        </Text>
      )}
    </Stack>
  );
}
