import { Group, Progress, Stack, Title } from '@mantine/core';
import type { ProviderHealth } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

type Told = ProviderHealth['limits'][number];

/** Of many models only those whose allowance ends soonest matter. */
const MOST_ROWS = 12;

const shareLeft = ({ limit, remaining }: Told): number => (limit > 0 ? remaining / limit : 0);

/** How much of our allowance providers said was left; nothing where none said anything. */
export function ToldLimits({ providers }: { providers: readonly ProviderHealth[] }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const limits = providers
    .flatMap(({ limits: own }) => own)
    .sort((a, b) => shareLeft(a) - shareLeft(b))
    .slice(0, MOST_ROWS);
  if (limits.length === 0) return null;
  const columns: Column<Told>[] = [
    { key: 'model', header: t('failures.model'), cell: ({ modelId }) => modelId },
    { key: 'unit', header: t('limits.unit'), cell: ({ unit }) => t(`limits.units.${unit}`) },
    { key: 'left', header: t('limits.left'), cell: (limit) => <Left limit={limit} /> },
    { key: 'told', header: t('limits.told'), cell: ({ toldAt }) => format.dateTime(toldAt) },
  ];
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('limits.title')}
      </Title>
      <DataTable
        caption={t('limits.title')}
        columns={columns}
        rows={limits}
        rowKey={({ modelId, unit }) => `${modelId} ${unit}`}
      />
    </Stack>
  );
}

function Left({ limit: told }: { limit: Told }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const { limit, remaining, modelId, unit } = told;
  const share = shareLeft(told);
  const label = t('limits.leftOf', { left: format.count(remaining), limit: format.count(limit) });
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress
        value={100 * share}
        w={100}
        color={share < 0.1 ? 'red.9' : 'indigo'}
        aria-label={`${modelId}, ${t(`limits.units.${unit}`)}: ${label}`}
      />
      <span className="number">{label}</span>
    </Group>
  );
}
