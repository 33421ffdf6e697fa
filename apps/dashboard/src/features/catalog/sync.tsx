import { Alert, Button, Card, FileInput, Group, Stack, Text, TextInput } from '@mantine/core';
import type { CatalogSyncInput, CatalogSyncView } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton, notifyDone } from '../../components/index.ts';
import { Diff } from './diff.tsx';
import { useSync, useSyncPreview } from './queries.ts';

/** Takes in a file of models.dev, after showing what it would change. */
export function Sync() {
  const { t } = useTranslation('catalog');
  const [file, setFile] = useState<File | null>(null);
  const [asOf, setAsOf] = useState(() => new Date().toISOString().slice(0, 10));
  const [input, setInput] = useState<CatalogSyncInput>();
  const [unreadable, setUnreadable] = useState(false);
  const preview = useSyncPreview();
  const change = (next: () => void) => {
    next();
    setInput(undefined);
    preview.reset();
  };
  const show = async (event: FormEvent) => {
    event.preventDefault();
    if (file === null) return;
    const read = await inputOf(file, asOf);
    setUnreadable(read === undefined);
    setInput(read);
    if (read !== undefined) preview.mutate(read);
  };
  return (
    <Card withBorder padding="md">
      <Stack gap="md">
        <Text size="sm">{t('sync.text')}</Text>
        <form onSubmit={show}>
          <Group align="flex-end" gap="sm">
            <FileInput
              label={t('sync.file')}
              accept="application/json,.json"
              required
              value={file}
              onChange={(chosen) => change(() => setFile(chosen))}
              w={{ base: '100%', xs: 260 }}
            />
            <TextInput
              type="date"
              label={t('sync.asOf')}
              required
              value={asOf}
              onChange={({ currentTarget: { value } }) => change(() => setAsOf(value))}
            />
            <Button type="submit" variant="default" loading={preview.isPending} disabled={file === null}>
              {t('sync.preview')}
            </Button>
          </Group>
        </form>
        {unreadable && <Refusal>{t('sync.unreadable')}</Refusal>}
        {preview.error && <Refusal>{preview.error.message}</Refusal>}
        {preview.data && input && (
          <Preview view={preview.data} input={input} onApplied={() => change(() => setFile(null))} />
        )}
      </Stack>
    </Card>
  );
}

const Refusal = ({ children }: { children: string }) => (
  <Alert color="red" role="alert">
    {children}
  </Alert>
);

/** Undefined when the file is no JSON object. */
async function inputOf(file: File, asOf: string): Promise<CatalogSyncInput | undefined> {
  try {
    const content: unknown = JSON.parse(await file.text());
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return undefined;
    return { content: content as Record<string, unknown>, asOf, from: file.name };
  } catch {
    return undefined;
  }
}

type PreviewProps = { view: CatalogSyncView; input: CatalogSyncInput; onApplied(): void };

function Preview({ view: { diff, skipped }, input, onApplied }: PreviewProps) {
  const { t } = useTranslation('catalog');
  const sync = useSync();
  const apply = () =>
    sync.mutate(input, {
      onSuccess: ({ version }) => {
        notifyDone(t('sync.done', { version }));
        onApplied();
      },
    });
  return (
    <Stack gap="sm" align="stretch">
      <Diff diff={diff} />
      {skipped.count > 0 && (
        <details>
          <summary>
            <Text span size="sm">
              {t('sync.skipped', { count: skipped.count })}
            </Text>
          </summary>
          {skipped.listed.map(({ id, why }) => (
            <Text key={id} size="xs">
              {id}: {why}
            </Text>
          ))}
        </details>
      )}
      {sync.error && <Refusal>{sync.error.message}</Refusal>}
      {diff.fromVersion !== diff.toVersion && (
        <Group justify="flex-end">
          <ConfirmButton
            label={t('sync.apply')}
            loading={sync.isPending}
            question={t('sync.question')}
            onConfirm={apply}
          />
        </Group>
      )}
    </Stack>
  );
}
