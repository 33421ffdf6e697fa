import { Badge } from '@mantine/core';
import type { EvaluationVerdict } from '@pointsman/contracts';
import { IconCircleCheck, IconHelpCircle, IconTrendingDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const ICONS = { pass: IconCircleCheck, regression: IconTrendingDown, inconclusive: IconHelpCircle } as const;

/** A verdict in a word, with a sign beside it. */
export function VerdictBadge({ verdict }: { verdict: EvaluationVerdict }) {
  const { t } = useTranslation('reports');
  const Icon = ICONS[verdict];
  return (
    <Badge variant="default" tt="none" size="lg" leftSection={<Icon size={14} aria-hidden />}>
      {t(`verdict.${verdict}`)}
    </Badge>
  );
}
