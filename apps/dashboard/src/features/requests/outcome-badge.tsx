import { Badge } from '@mantine/core';
import type { DecisionOutcome } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';

const COLOURS: Record<DecisionOutcome, string> = {
  answered: 'green.9',
  cached: 'blue.9',
  refused: 'orange.9',
  failed: 'red.9',
  abandoned: 'gray.7',
};

/** What became of a request: a word, and a colour that only helps. */
export function OutcomeBadge({ outcome }: { outcome: DecisionOutcome }) {
  const { t } = useTranslation('requests');
  return (
    <Badge color={COLOURS[outcome]} variant="filled" tt="none">
      {t(`outcome.${outcome}`)}
    </Badge>
  );
}
