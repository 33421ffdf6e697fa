import { SimpleGrid } from '@mantine/core';
import type { CatalogView } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { PageFrame, QueryState, Section, StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Prices } from './prices.tsx';
import { useCatalog } from './queries.ts';
import { Sync } from './sync.tsx';
import { Versions } from './versions.tsx';

/** The catalogue of models and prices: what holds, what changes when, and how it is brought up to date. */
export function Page() {
  const { t } = useTranslation('catalog');
  return (
    <PageFrame title={t('title')} description={t('description')}>
      <QueryState query={useCatalog()} height={400}>
        {(view) => <Content view={view} />}
      </QueryState>
    </PageFrame>
  );
}

function Content({ view }: { view: CatalogView }) {
  const { t } = useTranslation('catalog');
  const format = useFormat();
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <StatCard label={t('version')} note={t(`source.${view.source}`)}>
          {view.version}
        </StatCard>
        <StatCard label={t('models')}>{format.count(view.models)}</StatCard>
        <StatCard label={t('providers')}>{format.count(view.providers)}</StatCard>
      </SimpleGrid>
      <Section title={t('prices.title')}>
        <Prices prices={view.prices} />
      </Section>
      <Section title={t('versions.title')}>
        <Versions view={view} />
      </Section>
      <Section title={t('sync.title')}>
        <Sync />
      </Section>
    </>
  );
}
