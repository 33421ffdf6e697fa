import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { ShadowView } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Empty, StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Figure } from './figure.tsx';

type Disagreement = ShadowView['disagreements'][number];

/** What letting the shadow choose would have changed. */
export function Shadow({ shadow }: { shadow: ShadowView | undefined }) {
  const { t } = useTranslation('router');
  const format = useFormat();
  if (shadow === undefined) return <Empty>{t('shadow.none')}</Empty>;
  const signedMoney = (nanoUsd: number) => `${nanoUsd < 0 ? '−' : '+'}${format.money(Math.abs(nanoUsd))}`;
  const columns: Column<Disagreement>[] = [
    { key: 'inUse', header: t('shadow.inUse'), cell: ({ modelId }) => modelId },
    { key: 'shadow', header: t('shadow.shadow'), cell: ({ shadowModelId }) => shadowModelId ?? t('shadow.refuses') },
    {
      key: 'requests',
      header: t('metrics.requests'),
      align: 'right',
      cell: ({ requests }) => <span className="number">{format.count(requests)}</span>,
    },
  ];
  return (
    <Stack gap="sm">
      <Text size="sm">
        {t('shadow.about', {
          version: shadow.version,
          share: format.share(shadow.share),
          requests: format.count(shadow.requests),
        })}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <StatCard label={t('shadow.agreement')}>
          <Figure figure={shadow.agreement} as={format.share} />
        </StatCard>
        <StatCard label={t('shadow.cost')}>
          <Figure figure={shadow.costDifferenceNanoUsd} as={signedMoney} />
        </StatCard>
        <StatCard label={t('shadow.costShare')}>
          <Figure figure={shadow.costShare} as={format.signedShare} />
        </StatCard>
        <StatCard label={t('shadow.score')}>
          <Figure figure={shadow.scoreDifference} as={format.signedScore} />
        </StatCard>
      </SimpleGrid>
      {shadow.disagreements.length > 0 && (
        <DataTable
          caption={t('shadow.disagreements')}
          columns={columns}
          rows={shadow.disagreements}
          rowKey={({ modelId, shadowModelId }) => `${modelId} ${shadowModelId}`}
        />
      )}
    </Stack>
  );
}
