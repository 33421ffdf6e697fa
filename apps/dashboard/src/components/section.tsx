import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = { title: string; hint?: string; children: ReactNode };

/** A part of a page that can be found by its name: its h2, a word on it, what it holds. */
export function Section({ title, hint, children }: Props) {
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {hint !== undefined && (
        <Text size="sm" c="dimmed" maw={720}>
          {hint}
        </Text>
      )}
      {children}
    </Stack>
  );
}
