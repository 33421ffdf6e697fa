import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';

const LOOKS = {
  good: { icon: IconCircleCheck, color: 'green.9' },
  doubtful: { icon: IconAlertTriangle, color: 'orange.9' },
  bad: { icon: IconCircleX, color: 'red.9' },
  idle: { icon: IconCircleDashed, color: 'gray' },
} as const;
export type Health = keyof typeof LOOKS;

/** A state in words, with a sign: never by its colour alone. */
export function StateBadge({ health, children }: { health: Health; children: string }) {
  const { icon: Icon, color } = LOOKS[health];
  return (
    <Badge
      miw="max-content"
      variant={health === 'bad' ? 'filled' : 'default'}
      color={color}
      leftSection={<Icon size={12} aria-hidden />}
      tt="none"
    >
      {children}
    </Badge>
  );
}
