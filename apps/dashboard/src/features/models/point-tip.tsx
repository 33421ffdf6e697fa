import { Paper, Text } from '@mantine/core';
import type { Figure, ModelPlane } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import type { PlacedPoint } from './place-points.ts';

type Payload = Partial<PlacedPoint> & { mix?: ModelPlane['mix'] };
type Props = { active?: boolean; payload?: readonly { payload?: Payload }[] };

/** What a point says while the mouse is over it. */
export function PointTip({ active, payload }: Props) {
  const { t } = useTranslation('models');
  const shown = payload?.[0]?.payload;
  if (!active || shown === undefined) return null;
  const { point, mix } = shown;
  const about = point ?? mix;
  if (about === undefined) return null;
  return (
    <Paper withBorder p="xs" shadow="sm">
      <Text size="sm" fw={600}>
        {point?.name ?? t('mix.title')}
      </Text>
      <TipLines costNanoUsd={about.costNanoUsd} quality={about.quality} />
      {point && <Text size="xs">{t(`standing.${point.standing}`)}</Text>}
    </Paper>
  );
}

function TipLines({ costNanoUsd, quality }: { costNanoUsd: number | undefined; quality: Figure }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const { value, interval } = quality;
  return (
    <>
      <Text size="xs">
        {t('column.cost')}: {costNanoUsd === undefined ? t('shell:number.unknown') : format.money(costNanoUsd)}
      </Text>
      <Text size="xs">
        {t('column.quality')}: {value === undefined ? t('shell:number.unknown') : format.score(value)}{' '}
        {interval ? `[${format.score(interval.low)}; ${format.score(interval.high)}]` : t('shell:number.tooFew')}
      </Text>
    </>
  );
}
