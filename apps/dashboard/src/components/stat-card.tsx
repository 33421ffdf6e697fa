import { Card, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = {
  label: string;
  /** The number: usually an <Estimate>. */
  children: ReactNode;
  /** Change against something else, or a second line. */
  note?: ReactNode;
  /** A <Definition>. */
  definition?: ReactNode;
};

/** One figure. */
export function StatCard({ label, children, note, definition }: Props) {
  return (
    <Card withBorder padding="sm">
      <Group gap={4} justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        {definition}
      </Group>
      <Text fz="xl" fw={600} component="div">
        {children}
      </Text>
      {note && (
        <Text size="xs" c="dimmed" component="div">
          {note}
        </Text>
      )}
    </Card>
  );
}
