import { Paper, SegmentedControl, SimpleGrid, Stack, Text, Title, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { PageFrame } from '../../components/index.ts';
import { chooseLanguage, LANGUAGES, type Language } from '../../messages/start-messages.ts';
import { PasswordForm } from './password-form.tsx';

const THEMES = ['auto', 'light', 'dark'] as const;
const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', fr: 'Français' };

/** Who I am, my password, and how the pages look. */
export function Page() {
  const { t } = useTranslation('account');
  const { name, email, role, clientName } = useMe();
  const works = clientName === undefined ? t('forAll') : t('forClient', { client: clientName });
  return (
    <PageFrame title={t('title')} description={`${name} · ${t(`shell:role.${role}`)} · ${works}`}>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {email !== undefined && (
          <Section title={t('password.title')}>
            <PasswordForm email={email} />
          </Section>
        )}
        <Section title={t('look.title')}>
          <LanguageChoice />
          <ThemeChoice />
        </Section>
      </SimpleGrid>
    </PageFrame>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}

function LanguageChoice() {
  const { t, i18n } = useTranslation('account');
  return (
    <Choice label={t('look.language')}>
      <SegmentedControl
        aria-label={t('look.language')}
        value={i18n.resolvedLanguage ?? 'en'}
        onChange={(language) => chooseLanguage(language as Language)}
        data={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
      />
    </Choice>
  );
}

function ThemeChoice() {
  const { t } = useTranslation('account');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Choice label={t('look.theme')}>
      <SegmentedControl
        aria-label={t('look.theme')}
        value={colorScheme}
        onChange={(theme) => setColorScheme(theme as (typeof THEMES)[number])}
        data={THEMES.map((theme) => ({ value: theme, label: t(`look.${theme}`) }))}
      />
    </Choice>
  );
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {label}
      </Text>
      {children}
    </div>
  );
}
