import { Badge, Group, Progress, Text } from '@mantine/core';
import type { AnnotationProgress } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/index.ts';
import { useFormat } from '../../format/use-format.ts';
import type { OutboxState } from './use-outbox.ts';

const EVERY_MS = 20_000;

/** How far, how fast, and whether everything is safe with the server. */
export function ProgressLine({ outbox }: { outbox: OutboxState }) {
  const { t } = useTranslation('annotate');
  const format = useFormat();
  const progress = useApi<AnnotationProgress>('/annotation/progress', { everyMs: EVERY_MS });
  const said = progress.data;
  const total = said && said.done + said.left;
  return (
    <Group gap="sm" justify="space-between">
      <Group gap="sm">
        {said && total !== undefined && total > 0 && (
          <Progress
            value={(100 * said.done) / total}
            w={160}
            aria-label={t('progress', { done: said.done, left: said.left })}
          />
        )}
        {said && (
          <Text size="sm">{t('progress', { done: format.count(said.done), left: format.count(said.left) })}</Text>
        )}
        {said && (
          <Text size="sm" c="dimmed">
            {said.medianMs === undefined ? t('paceUnknown') : t('pace', { seconds: Math.round(said.medianMs / 1000) })}
          </Text>
        )}
      </Group>
      <Badge variant="outline" color={outbox.offline ? 'red.9' : 'gray'} tt="none" role="status">
        {outbox.offline
          ? t('offline', { count: outbox.waiting })
          : outbox.waiting > 0
            ? t('saving', { count: outbox.waiting })
            : t('saved')}
      </Badge>
    </Group>
  );
}
