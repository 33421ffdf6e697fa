import { Accordion, List, Paper, Stack, Text } from '@mantine/core';
import type { Rubric } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';

/** What the marked dimension asks and what each step means: beside the reply, always. */
export function RubricPanel({ rubric, guidelines }: { rubric: Rubric | undefined; guidelines: string }) {
  const { t } = useTranslation('annotate');
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('rubric')} aria-live="off">
      {rubric && (
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            {rubric.question}
          </Text>
          {rubric.choices.map(({ rating, meaning }) => (
            <Text size="sm" key={rating}>
              <strong>{rating}</strong> {meaning}
            </Text>
          ))}
          <Accordion variant="filled" chevronPosition="left">
            <Accordion.Item value="guidance">
              <Accordion.Control>{t('guidance')}</Accordion.Control>
              <Accordion.Panel>
                <List size="sm" spacing={4}>
                  {rubric.guidance.map((line) => (
                    <List.Item key={line}>{line}</List.Item>
                  ))}
                </List>
                {guidelines !== '' && (
                  <Text size="sm" mt="sm" className="user-text">
                    {guidelines}
                  </Text>
                )}
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        </Stack>
      )}
    </Paper>
  );
}
