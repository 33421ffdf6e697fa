import { Text } from '@mantine/core';
import type { Cost } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';

/** What something cost: an amount, an amount that nobody measured, or the words that nobody knows. */
export function CostText({ cost }: { cost: Cost }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  if (cost.status === 'unknown')
    return (
      <Text span inherit c="dimmed">
        {t('cost.unknown')}
      </Text>
    );
  if (cost.status === 'exact') return <span className="number">{format.money(cost.nanoUsd)}</span>;
  return (
    <span className="number estimate" title={t('cost.estimated', { why: cost.why })}>
      ≈ {format.money(cost.nanoUsd)}
    </span>
  );
}
