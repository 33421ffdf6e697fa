import { SimpleGrid, Text } from '@mantine/core';
import type { BatchDetail } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

/** How far a batch is. */
export function CountCards({ batch: { counts } }: { batch: BatchDetail }) {
  const { t } = useTranslation('annotation-batches');
  const format = useFormat();
  const skips = Object.entries(counts.skips);
  const skipped = skips.reduce((sum, [, count]) => sum + (count ?? 0), 0);
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
      <StatCard label={t('count.items')} note={t('count.goldNote', { count: counts.gold })}>
        {format.count(counts.items)}
      </StatCard>
      <StatCard label={t('count.rated')} note={t('count.ratedNote')}>
        {format.count(counts.rated)}
      </StatCard>
      <StatCard
        label={t('count.ratings')}
        note={t('count.ratingsNote', { wanted: format.count(counts.ratingsWanted) })}
      >
        {format.count(counts.ratings)}
      </StatCard>
      <StatCard label={t('count.held')} note={t('count.heldNote')}>
        {format.count(counts.held)}
      </StatCard>
      <StatCard label={t('count.disputed')} note={t('count.adjudicatedNote', { count: counts.adjudicated })}>
        {format.count(counts.disputed)}
      </StatCard>
      <StatCard
        label={t('count.skipped')}
        note={skips.map(([reason, count]) => (
          <Text key={reason} size="xs" span display="block">
            {t(`skip.${reason}`)}: {format.count(count ?? 0)}
          </Text>
        ))}
      >
        {format.count(skipped)}
      </StatCard>
    </SimpleGrid>
  );
}
