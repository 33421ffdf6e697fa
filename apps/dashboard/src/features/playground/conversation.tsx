import { ActionIcon, Button, Group, Select, Stack, Textarea } from '@mantine/core';
import type { PlaygroundRequest } from '@pointsman/contracts';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export type Line = PlaygroundRequest['messages'][number] & { id: number };
const ROLES = ['system', 'user', 'assistant'] as const;

type Props = { lines: readonly Line[]; onChange(lines: Line[]): void };

const nextId = (lines: readonly Line[]) => Math.max(0, ...lines.map(({ id }) => id)) + 1;

/** A message more; whoever did not speak last is next. */
const withNext = (lines: readonly Line[]): Line[] => [
  ...lines,
  { id: nextId(lines), role: lines.at(-1)?.role === 'user' ? 'assistant' : 'user', content: '' },
];

/** The conversation after it was answered, with room for what the user says next. */
export function withAnswer(lines: readonly Line[], answer: string): Line[] {
  const id = nextId(lines);
  return [...lines, { id, role: 'assistant', content: answer }, { id: id + 1, role: 'user', content: '' }];
}

/** The conversation that is sent. */
export function Conversation({ lines, onChange }: Props) {
  const { t } = useTranslation('playground');
  const change = (id: number, patch: Partial<Line>) =>
    onChange(lines.map((line) => (line.id === id ? { ...line, ...patch } : line)));
  return (
    <Stack gap="sm">
      {lines.map((line, index) => (
        <MessageFields
          key={line.id}
          line={line}
          number={index + 1}
          onChange={(patch) => change(line.id, patch)}
          onRemove={lines.length > 1 ? () => onChange(lines.filter(({ id }) => id !== line.id)) : undefined}
        />
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange(withNext(lines))}
        >
          {t('message.add')}
        </Button>
      </Group>
    </Stack>
  );
}

type FieldProps = {
  line: Line;
  number: number;
  onChange(patch: Partial<Line>): void;
  onRemove: (() => void) | undefined;
};

function MessageFields({ line, number, onChange, onRemove }: FieldProps) {
  const { t } = useTranslation('playground');
  return (
    <Stack gap={4}>
      <Group gap="xs" justify="space-between">
        <Select
          size="xs"
          w={150}
          aria-label={t('message.role', { number })}
          allowDeselect={false}
          value={line.role}
          data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          onChange={(role) => onChange({ role: (role ?? 'user') as Line['role'] })}
        />
        {onRemove && (
          <ActionIcon variant="default" aria-label={t('message.remove', { number })} onClick={onRemove}>
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </Group>
      <Textarea
        aria-label={t('message.text', { number })}
        placeholder={t('message.placeholder')}
        autosize
        minRows={3}
        maxRows={16}
        value={line.content}
        onChange={(event) => onChange({ content: event.currentTarget.value })}
      />
    </Stack>
  );
}
