import { Button, Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Empty, PageFrame } from '../../components/index.ts';
import { HelpDialog } from './help-dialog.tsx';
import { ProgressLine } from './progress-line.tsx';
import { SkipDialog } from './skip-dialog.tsx';
import { useAnnotation } from './use-annotation.ts';
import { useCommands } from './use-commands.ts';
import { useRequests } from './use-requests.ts';
import { Workplace } from './workplace.tsx';

/** One reply at a time, rated blind, by keyboard. */
export function Page() {
  const { t } = useTranslation('annotate');
  const work = useAnnotation();
  const { submit, undo } = useRequests(work);
  const [helping, help] = useDisclosure(false);
  const [skipping, skip] = useDisclosure(false);
  useCommands(work.current?.rating, !helping && !skipping, {
    rating: work.act,
    submit,
    undo,
    skip: skip.open,
    help: help.open,
  });
  const helpButton = (
    <Button variant="default" size="xs" onClick={help.open}>
      {t('help.button')} (?)
    </Button>
  );
  return (
    <PageFrame title={t('title')} description={t('description')} actions={helpButton}>
      <ProgressLine outbox={work.outboxState} />
      {work.current === undefined ? (
        <Nothing looked={work.looked} />
      ) : (
        <Workplace held={work.current} guide={work.guide} number={work.done + 1} onAction={work.act}>
          <Button onClick={submit}>{t('submit')}</Button>
          <Button variant="default" onClick={undo}>
            {t('undo')}
          </Button>
          <Button variant="default" onClick={skip.open}>
            {t('skip.button')}
          </Button>
        </Workplace>
      )}
      <HelpDialog opened={helping} onClose={help.close} />
      <SkipDialog
        opened={skipping}
        onClose={skip.close}
        onSkip={(reason) => {
          skip.close();
          work.skip(reason);
        }}
      />
    </PageFrame>
  );
}

function Nothing({ looked }: { looked: boolean }) {
  const { t } = useTranslation('annotate');
  return looked ? <Empty>{t('empty')}</Empty> : <Loader role="status" aria-label={t('shell:state.loading')} />;
}
