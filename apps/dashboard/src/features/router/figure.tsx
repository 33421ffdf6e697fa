import { Text } from '@mantine/core';
import type { Figure as FigureValue } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { Estimate } from '../../components/index.ts';

type Props = { figure: FigureValue | undefined; as(value: number): string };

/** A measured number with its interval; what has no value had too few samples, or was not measured at all. */
export function Figure({ figure, as }: Props) {
  const { t } = useTranslation('router');
  if (figure?.value === undefined) {
    return (
      <Text span c="dimmed" inherit>
        {t(figure === undefined ? 'notMeasured' : 'shell:number.tooFew')}
      </Text>
    );
  }
  return <Estimate value={figure.value} interval={figure.interval} as={as} />;
}
