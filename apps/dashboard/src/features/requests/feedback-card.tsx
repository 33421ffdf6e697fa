import { Card, Stack, Text, Title } from '@mantine/core';
import type { DecisionExplanation } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { UserText } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

/** What the client said of the reply, oldest first. */
export function FeedbackCard({ feedback }: { feedback: DecisionExplanation['feedback'] }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  return (
    <Card withBorder padding="md" component="section" aria-label={t('feedback.title')}>
      <Title order={2} size="h4" mb="sm">
        {t('feedback.title')}
      </Title>
      <Stack gap="sm">
        {feedback.map(({ at, thumb, score, comment, correction }, index) => (
          // Several may be of one instant, and none ever moves.
          <Stack gap={4} key={index}>
            <Text size="sm">
              {[
                format.dateTime(at),
                thumb && t(`feedback.${thumb}`),
                score !== undefined && t('feedback.score', { score: format.score(score) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            {comment && <UserText label={t('feedback.comment')}>{comment}</UserText>}
            {correction && <UserText label={t('feedback.correction')}>{correction}</UserText>}
          </Stack>
        ))}
      </Stack>
    </Card>
  );
}
