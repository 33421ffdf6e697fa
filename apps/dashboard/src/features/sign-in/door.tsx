import { Button, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../../messages/start-messages.ts';

type Props = { title: string; description?: ReactNode; children: ReactNode };

/** The frame of the pages that people see before they are in. */
export function Door({ title, description, children }: Props) {
  const { t, i18n } = useTranslation('shell');
  useDocumentTitle(`${title} · Pointsman`);
  const other = i18n.resolvedLanguage === 'fr' ? 'en' : 'fr';
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={400} gap="sm">
        <Text fw={700} ta="center">
          Pointsman
        </Text>
        <Paper withBorder p="lg" radius="md">
          <Stack gap="md">
            <div>
              <Title order={1} size="h3">
                {title}
              </Title>
              {description && (
                <Text size="sm" c="dimmed" component="div">
                  {description}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
        <Button variant="subtle" size="compact-sm" lang={other} onClick={() => chooseLanguage(other)}>
          {t('account.otherLanguage')}
        </Button>
      </Stack>
    </Center>
  );
}
