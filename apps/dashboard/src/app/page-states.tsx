import { Button, Center, Code, Loader, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/index.ts';

function Statement({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Center component="section" mih="50vh" p="md">
      <Stack align="center" maw={520} ta="center">
        <Title order={1} size="h3">
          {title}
        </Title>
        <Text>{text}</Text>
        {children}
      </Stack>
    </Center>
  );
}

/** While a page's code is fetched. */
export function PageLoading() {
  return (
    <Center mih="50vh" role="status" aria-label="…">
      <Loader />
    </Center>
  );
}

/** The page itself could not be shown: an outage, or a bug of ours. */
export function PageFailed({ error, reset }: { error: unknown; reset?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const unreachable = error instanceof ApiError && error.status === 0;
  return (
    <Statement title={t('state.failed')} text={unreachable ? t('state.unreachable') : t('state.failedText')}>
      {!unreachable && <Code block>{error instanceof Error ? error.message : String(error)}</Code>}
      {reset && <Button onClick={reset}>{t('state.retry')}</Button>}
    </Statement>
  );
}

export function NoPermission() {
  const { t } = useTranslation();
  return <Statement title={t('state.noPermission')} text={t('state.noPermissionText')} />;
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Statement title={t('state.notFound')} text={t('state.notFoundText')}>
      <Button component={Link} to="/">
        {t('state.home')}
      </Button>
    </Statement>
  );
}
