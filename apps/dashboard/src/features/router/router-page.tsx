import { Alert } from '@mantine/core';
import type { RouterView } from '@pointsman/contracts';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageFrame, QueryState, Section, useFilters } from '../../components/index.ts';
import { ArtefactDetails } from './artefact-details.tsx';
import { Artefacts } from './artefacts.tsx';
import { History } from './history.tsx';
import { PromoteDialog } from './promote-dialog.tsx';
import { useRouter } from './queries.ts';
import { RollBack } from './roll-back.tsx';
import { Served } from './served.tsx';
import { Shadow } from './shadow.tsx';

/** The router's artefacts: which serves, what each is worth, and how one gives way to another. */
export function Page() {
  const { t } = useTranslation('router');
  const router = useRouter();
  return (
    <PageFrame
      title={t('title')}
      description={t('description')}
      actions={router.data && <RollBack view={router.data} />}
    >
      <QueryState query={router} height={400}>
        {(view) => <Content view={view} />}
      </QueryState>
    </PageFrame>
  );
}

function Content({ view }: { view: RouterView }) {
  const { t } = useTranslation('router');
  const [{ version }, setFilters] = useFilters({ version: '' });
  const [promoting, setPromoting] = useState<string>();
  const { artefacts, shadow, history, problems } = view;
  const shown =
    artefacts.find((artefact) => artefact.version === version) ?? artefacts.find(({ isServed }) => isServed);
  const promoted = artefacts.find(({ artefact }) => artefact !== undefined && artefact === promoting);
  return (
    <>
      {view.origin === 'configured' && (
        <Alert variant="default" icon={<IconAlertTriangle aria-hidden />}>
          {t('configured')}
        </Alert>
      )}
      <Served view={view} />
      <Section title={t('artefacts.title')}>
        <Artefacts
          artefacts={artefacts}
          shown={shown?.version}
          onShow={(next) => setFilters({ version: next })}
          onPromote={setPromoting}
        />
        {problems.map(({ artefact, problem }) => (
          <Alert
            key={artefact}
            variant="default"
            icon={<IconAlertTriangle aria-hidden />}
            title={t('artefacts.broken', { artefact })}
          >
            {problem}
          </Alert>
        ))}
      </Section>
      {shown && (
        <Section title={t('details.title', { version: shown.version })}>
          <ArtefactDetails artefact={shown} />
        </Section>
      )}
      <Section title={t('shadow.title')}>
        <Shadow shadow={shadow} />
      </Section>
      <Section title={t('history.title')}>
        <History history={history} />
      </Section>
      {promoted && <PromoteDialog key={promoted.version} artefact={promoted} onClose={() => setPromoting(undefined)} />}
    </>
  );
}
