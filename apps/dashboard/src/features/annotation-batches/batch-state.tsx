import { Badge, Group, Progress, Text } from '@mantine/core';
import type { Batch, BatchState } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';

export function StateBadge({ state }: { state: BatchState }) {
  const { t } = useTranslation('annotation-batches');
  return (
    <Badge variant="default" miw="fit-content">
      {t(`state.${state}`)}
    </Badge>
  );
}

/** How many of the submissions that are wanted are there. */
export function BatchProgressBar({ batch: { title, counts } }: { batch: Batch }) {
  const { t } = useTranslation('annotation-batches');
  const format = useFormat();
  const share = counts.ratingsWanted === 0 ? 0 : Math.min(1, counts.ratings / counts.ratingsWanted);
  return (
    <Group gap="xs" wrap="nowrap" miw={180}>
      <Progress value={share * 100} w={80} aria-label={t('progressOf', { title })} />
      <Text span size="sm" className="number">
        {t('ofWanted', { done: format.count(counts.ratings), wanted: format.count(counts.ratingsWanted) })}
      </Text>
    </Group>
  );
}
