import { Card, CloseButton, Group, SimpleGrid, Text, Title } from '@mantine/core';
import type { PlanePoint, ScoreSource } from '@pointsman/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Estimate } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { DetailLinks } from './detail-links.tsx';
import { usePriceText } from './price-text.tsx';

type Props = { point: PlanePoint; source: ScoreSource; onClose(): void };

/** All that the plane knows of one model. */
export function PointDetails({ point, source, onClose }: Props) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const priceText = usePriceText();
  const { model, name, quality, costNanoUsd, standing, onFront, allowed, price } = point;
  const isEstimate = standing !== 'measured';
  return (
    <Card withBorder padding="sm" component="section" aria-label={name}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={3} size="h5">
          {name}{' '}
          <Text span size="xs" c="dimmed">
            {model}
          </Text>
        </Title>
        <CloseButton aria-label={t('shell:action.close')} onClick={onClose} />
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="xs" mt="xs">
        <Fact label={t('column.quality')}>
          <Estimate {...quality} estimated={isEstimate} as={format.score} />
        </Fact>
        <Fact label={t(`costOf.${source}`)}>
          {costNanoUsd === undefined ? t('shell:number.unknown') : format.money(costNanoUsd)}
        </Fact>
        <Fact label={t(`countOf.${source}`)}>{format.count(quality.count)}</Fact>
        <Fact label={t('column.input')}>{priceText(price, 'input')}</Fact>
        <Fact label={t('column.output')}>{priceText(price, 'output')}</Fact>
        <Fact label={t('details.standsOn')}>{t(`standing.${standing}Text`)}</Fact>
      </SimpleGrid>
      <Text size="sm" mt="xs">
        {[onFront ? t('details.onFront') : t('details.offFront'), allowed === false && t('details.notAllowed')]
          .filter(Boolean)
          .join(' ')}
      </Text>
      <DetailLinks point={point} source={source} />
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  );
}
