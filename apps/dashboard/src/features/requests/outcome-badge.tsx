import { Badge } from '@mantine/core';
import type { DecisionOutcome } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';

const COLOURS: Record<DecisionOutcome, string> = {
  answered: 'green',
  cached: 'blue',
  refused: 'orange',
  failed: 'red',
  abandoned: 'gray',
};

/** What became of a request: a word, and a colour that only helps. */
export function OutcomeBadge({ outcome }: { outcome: DecisionOutcome }) {
  const { t } = useTranslation('requests');
  return (
    <Badge color={COLOURS[outcome]} variant="dot" tt="none" miw="max-content">
      {t(`outcome.${outcome}`)}
    </Badge>
  );
}
