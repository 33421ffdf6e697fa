import { Code, ScrollArea } from '@mantine/core';

/** Text of somebody else: prompts, replies, tags. Shown as it is, never as markup. */
export function UserText({
  children,
  label,
  maxHeight = 320,
}: {
  children: string;
  label: string;
  maxHeight?: number;
}) {
  return (
    <ScrollArea.Autosize
      mah={maxHeight}
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': label }}
    >
      <Code block className="user-text">
        {children}
      </Code>
    </ScrollArea.Autosize>
  );
}
