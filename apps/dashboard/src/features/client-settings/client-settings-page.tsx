import { SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/use-client.ts';
import { ClientNeeded, PageFrame, QueryState } from '../../components/index.ts';
import { CacheSection } from './cache-section.tsx';
import { useClientSettings } from './queries.ts';
import { RoutingSection } from './routing-section.tsx';
import { SamplingSection } from './sampling-section.tsx';

/** What holds for all requests of a client. */
export function Page() {
  const { t } = useTranslation('client-settings');
  return (
    <PageFrame title={t('title')} description={t('description')}>
      <ClientNeeded>{(clientId) => <Settings key={clientId} clientId={clientId} />}</ClientNeeded>
    </PageFrame>
  );
}

function Settings({ clientId }: { clientId: string }) {
  const { canChange } = useClient();
  const client = useClientSettings(clientId);
  return (
    <QueryState query={client} height={480}>
      {(data) => (
        <SimpleGrid cols={{ base: 1, lg: 2 }} maw={1200}>
          <Stack>
            <RoutingSection client={data} canChange={canChange} />
            <CacheSection client={data} canChange={canChange} />
          </Stack>
          <SamplingSection client={data} canChange={canChange} />
        </SimpleGrid>
      )}
    </QueryState>
  );
}
