import { Alert, Button, Center, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../api/index.ts';

type Props<T> = {
  query: UseQueryResult<T, ApiError>;
  /** Whether the answer holds nothing to show, and what to say then. */
  isEmpty?(data: T): boolean;
  empty?: ReactNode;
  /** Height of the skeleton while it loads, in pixels. */
  height?: number;
  children(data: T): ReactNode;
};

/** Loading, failed, forbidden, empty, or the answer: designed once. */
export function QueryState<T>({ query, isEmpty, empty, height = 160, children }: Props<T>) {
  const { t } = useTranslation();
  const skeleton = <Skeleton height={height} role="status" aria-label={t('state.loading')} />;
  if (query.data === undefined) {
    return query.error ? <Failed error={query.error} retry={() => query.refetch()} /> : skeleton;
  }
  if (isEmpty?.(query.data)) return <Empty>{empty}</Empty>;
  return (
    <>
      {query.error && <Failed error={query.error} retry={() => query.refetch()} />}
      {/* Parts that fetch code or words of their own must not blank the page around them. */}
      <Suspense fallback={skeleton}>{children(query.data)}</Suspense>
    </>
  );
}

/** What is shown where there is nothing to show. */
export function Empty({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Center p="xl">
      <Text c="dimmed" ta="center" component="div" maw={520}>
        {children ?? t('state.empty')}
      </Text>
    </Center>
  );
}

/** An error of the API, in the words of the server, with a way to go on. */
export function Failed({ error, retry }: { error: ApiError; retry?: () => void }) {
  const { t } = useTranslation();
  const titles: Record<number, string> = { 0: 'state.unreachable', 403: 'state.noPermission', 404: 'state.notFound' };
  const wrongTitle = titles[error.status] ?? 'state.failed';
  return (
    <Alert color={error.status === 403 || error.status === 404 ? 'gray' : 'red'} title={t(wrongTitle)} role="alert">
      <Stack gap="xs" align="flex-start">
        {error.status !== 0 && <Text size="sm">{error.message}</Text>}
        {retry && error.status !== 403 && (
          <Button size="xs" variant="default" onClick={retry}>
            {t('state.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
