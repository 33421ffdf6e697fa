import { Button, Menu } from '@mantine/core';
import type { BatchDetail, BatchPatch } from '@pointsman/contracts';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiUrl } from '../../api/index.ts';
import { ConfirmButton, notifyDone, notifyFailed } from '../../components/index.ts';
import { EditDialog } from './edit-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { FORMATS } from './new-batch.ts';
import { useChangeBatch } from './queries.ts';

/** What an operator can do with a batch in the state it is in. */
export function BatchActions({ batch: { id, state, title, guidelines } }: { batch: BatchDetail }) {
  const { t } = useTranslation('annotation-batches');
  const [asked, setAsked] = useState<'import' | 'edit' | undefined>();
  const change = useChangeBatch(id);
  const put = (patch: BatchPatch) =>
    change.mutate(patch, {
      onSuccess: ({ state: now }) => notifyDone(t(`changed.${now}`)),
      onError: notifyFailed(t('shell:action.failed')),
    });
  const close = () => setAsked(undefined);
  return (
    <>
      {state === 'open' && (
        <Button variant="default" loading={change.isPending} onClick={() => put({ state: 'paused' })}>
          {t('action.pause')}
        </Button>
      )}
      {(state === 'paused' || state === 'closed') && (
        <Button variant="default" loading={change.isPending} onClick={() => put({ state: 'open' })}>
          {t('action.resume')}
        </Button>
      )}
      {(state === 'open' || state === 'paused') && (
        <ConfirmButton
          variant="default"
          label={t('action.close')}
          question={t('question.close')}
          onConfirm={() => put({ state: 'closed' })}
        />
      )}
      <ExportMenu id={id} />
      {state !== 'withdrawn' && (
        <>
          <Button variant="default" onClick={() => setAsked('import')}>
            {t('action.import')}
          </Button>
          <Button variant="default" onClick={() => setAsked('edit')}>
            {t('action.edit')}
          </Button>
          <ConfirmButton
            variant="default"
            label={t('action.withdraw')}
            question={t('question.withdraw')}
            onConfirm={() => put({ state: 'withdrawn' })}
          />
        </>
      )}
      {asked === 'import' && <ImportDialog batchId={id} onClose={close} />}
      {asked === 'edit' && <EditDialog batch={{ id, title, guidelines }} onClose={close} />}
    </>
  );
}

/** The browser fetches the file itself: it may be large. */
function ExportMenu({ id }: { id: string }) {
  const { t } = useTranslation('annotation-batches');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {t('action.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item key={format} component="a" href={apiUrl(`/annotation/batches/${id}/export`, { format })} download>
            {t(`format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
