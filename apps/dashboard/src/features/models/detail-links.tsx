import { Anchor, Group } from '@mantine/core';
import type { PlanePoint, ScoreSource } from '@pointsman/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Where the numbers of a model can be followed to: its report, or the requests it served. */
export function DetailLinks({ point: { model, runId }, source }: { point: PlanePoint; source: ScoreSource }) {
  const { t } = useTranslation('models');
  const link = { size: 'sm', component: Link } as const;
  return (
    <Group gap="md" mt="xs">
      {runId !== undefined && (
        <Anchor {...link} to={'/reports/$runId' as string} params={{ runId } as never}>
          {t('details.report')}
        </Anchor>
      )}
      {source === 'traffic' && (
        <Anchor {...link} to={'/requests' as string} search={{ model } as never}>
          {t('details.requests')}
        </Anchor>
      )}
    </Group>
  );
}
