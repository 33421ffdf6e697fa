import { Paper, Stack, Text, Title } from '@mantine/core';
import type { AnnotationItem } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { UserText } from '../../components/index.ts';

/** The conversation, the reply to rate, and the reference where the rubric may use one. Nothing says who wrote it. */
export function ReplyView({ item }: { item: Pick<AnnotationItem, 'messages' | 'reply' | 'reference'> }) {
  const { t } = useTranslation('annotate');
  return (
    <Stack gap="sm">
      <Paper withBorder p="sm" component="section" aria-label={t('conversation')}>
        <Title order={2} size="h5" mb={6}>
          {t('conversation')}
        </Title>
        <Stack gap="xs">
          {item.messages.map(({ role, text }, index) => (
            <div key={index}>
              <Text size="xs" c="dimmed">
                {t(`from.${role}`, { defaultValue: role })}
              </Text>
              <UserText label={t('messageOf', { role })}>{text}</UserText>
            </div>
          ))}
        </Stack>
      </Paper>
      <Paper withBorder p="sm" component="section" aria-label={t('reply')}>
        <Title order={2} size="h5" mb={6}>
          {t('reply')}
        </Title>
        <UserText label={t('reply')} maxHeight={480}>
          {item.reply}
        </UserText>
      </Paper>
      {item.reference !== undefined && (
        <Paper withBorder p="sm" component="section" aria-label={t('reference')}>
          <Title order={2} size="h5" mb={6}>
            {t('reference')}
          </Title>
          <UserText label={t('reference')}>{item.reference}</UserText>
        </Paper>
      )}
    </Stack>
  );
}
