import { Alert, List } from '@mantine/core';
import type { DecisionExplanation } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import { tellDecision } from './tell-decision.ts';

/** Why this model, in words. */
export function Story({ explanation }: { explanation: DecisionExplanation }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  return (
    <Alert variant="light" color="gray" title={t('story.title')} role="note">
      <List size="sm" spacing={4}>
        {tellDecision(explanation, { t, format }).map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
