import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { AnnotationFormat, Imported } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import { useImport } from './queries.ts';
import { FileWithFormat } from './source-fields.tsx';

/** So many bad rows are enough to see what is wrong. */
const SHOWN_ROWS = 10;

/** Takes ratings in that were made elsewhere, and says what was taken and what was not. */
export function ImportDialog({ batchId, onClose }: { batchId: string; onClose(): void }) {
  const { t } = useTranslation('annotation-batches');
  const [format, setFormat] = useState<AnnotationFormat>('csv');
  const [content, setContent] = useState<string | undefined>();
  const take = useImport(batchId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (content !== undefined) take.mutate({ format, content });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('import.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('import.hint')}
          </Text>
          <FileWithFormat format={format} onFormat={setFormat} onContent={setContent} />
          {take.error && (
            <Alert color="red" variant="outline" role="alert">
              {take.error.message}
            </Alert>
          )}
          {take.data && <Outcome imported={take.data} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shell:action.close')}
            </Button>
            <Button type="submit" loading={take.isPending} disabled={content === undefined}>
              {t('import.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Outcome({ imported: { ratings, unrated, bad } }: { imported: Imported }) {
  const { t } = useTranslation('annotation-batches');
  const format = useFormat();
  return (
    <Alert color="gray" variant="outline" role="status">
      <Text size="sm">{t('import.taken', { count: ratings, formatted: format.count(ratings) })}</Text>
      {unrated > 0 && <Text size="sm">{t('import.unrated', { count: unrated })}</Text>}
      {bad.length > 0 && (
        <>
          <Text size="sm">{t('import.bad', { count: bad.length })}</Text>
          <ul>
            {bad.slice(0, SHOWN_ROWS).map(({ place, reason }) => (
              <li key={place}>
                {place}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </Alert>
  );
}
