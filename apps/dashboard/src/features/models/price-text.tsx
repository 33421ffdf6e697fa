import type { PlanePoint } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';

const NANO_PER_MICRO = 1000;

/** A price per million tokens, or that nobody knows it. */
export function usePriceText(): (price: PlanePoint['price'], side: 'input' | 'output') => string {
  const { t } = useTranslation('models');
  const format = useFormat();
  return (price, side) => {
    if (price === undefined) return t('shell:number.unknown');
    const micro = side === 'input' ? price.inputMicroUsdPerMtok : price.outputMicroUsdPerMtok;
    return format.money(micro * NANO_PER_MICRO);
  };
}
