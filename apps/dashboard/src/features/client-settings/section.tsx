import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone, notifyFailed } from '../../components/index.ts';
import { type ClientChange, useChangeClient } from './queries.ts';

type Props = {
  clientId: string;
  title: string;
  text: string;
  /** What the fields say, as a change; undefined: nothing is changed. */
  change: ClientChange | undefined;
  canChange: boolean;
  /** The same as [name, value], for those who may only look. */
  facts: readonly (readonly [string, string])[];
  children: ReactNode;
  /** Below the form. */
  extra?: ReactNode;
};

/** One card of settings, saved by itself. */
export function Section(props: Props) {
  const { title, text, canChange, facts, extra } = props;
  return (
    <Card withBorder component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
        {canChange ? <SectionForm {...props} /> : <Facts facts={facts} />}
        {extra}
      </Stack>
    </Card>
  );
}

function SectionForm({ clientId, change, children }: Props) {
  const { t } = useTranslation('client-settings');
  const save = useChangeClient(clientId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change === undefined) return;
    save.mutate(change, { onSuccess: () => notifyDone(t('saved')), onError: notifyFailed(t('failed')) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {children}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={change === undefined}>
            {t('shell:action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Facts({ facts }: Pick<Props, 'facts'>) {
  return (
    <Stack component="dl" gap="xs" m={0}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" m={0}>
            {value}
          </Text>
        </div>
      ))}
    </Stack>
  );
}

/** The fields that differ from what is stored; undefined when none does. */
export function changed(change: ClientChange, client: object): ClientChange | undefined {
  const same = (name: string) =>
    JSON.stringify(change[name as keyof ClientChange] ?? null) ===
    JSON.stringify((client as Record<string, unknown>)[name] ?? null);
  const entries = Object.entries(change).filter(([name]) => !same(name));
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as ClientChange);
}
