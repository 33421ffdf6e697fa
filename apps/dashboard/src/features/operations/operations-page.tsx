import { useTranslation } from 'react-i18next';
import { PageFrame, QueryState, Section } from '../../components/index.ts';
import { Nodes } from './nodes.tsx';
import { Providers } from './providers.tsx';
import { Queues } from './queues.tsx';
import { StateBadge } from './state-badge.tsx';
import { useLive } from './use-live.ts';

/** How the installation does, as it happens. */
export function Page() {
  const { t } = useTranslation('operations');
  const { connected, nodes, queues, providers } = useLive();
  const live = (
    <StateBadge health={connected ? 'good' : 'doubtful'}>{t(connected ? 'live.on' : 'live.off')}</StateBadge>
  );
  return (
    <PageFrame title={t('title')} description={t('description')} actions={<div role="status">{live}</div>}>
      <Section title={t('runs.title')}>
        <QueryState query={queues}>{(view) => <Queues view={view} />}</QueryState>
      </Section>
      <Section title={t('providers.title')}>
        <QueryState query={providers}>{(view) => <Providers view={view} />}</QueryState>
      </Section>
      <Section title={t('nodes.title')}>
        <QueryState query={nodes}>{(view) => <Nodes view={view} />}</QueryState>
      </Section>
    </PageFrame>
  );
}
