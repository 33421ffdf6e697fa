import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/use-client.ts';
import { daysOf, PageFrame, PERIOD_FILTERS, useFilters } from '../../components/index.ts';
import { BoardView } from './board-view.tsx';
import { FIRST_PAGE } from './filter-bar.tsx';
import { PlaneView } from './plane-view.tsx';
import type { ModelsQuery } from './queries.ts';

/** How good and how dear every model is, and where the client's policy stands among them. */
export function Page() {
  const { t } = useTranslation('models');
  const { clientId } = useClient();
  const [filters, setFilters] = useFilters({
    ...PERIOD_FILTERS,
    view: 'plane',
    source: 'router',
    series: undefined as string | undefined,
    domain: undefined as string | undefined,
    task: undefined as string | undefined,
    allowed: false,
  });
  const { source, series, domain, task, allowed } = filters;
  const query: ModelsQuery = {
    client: clientId,
    ...daysOf(filters, Date.now()),
    source,
    series: source === 'benchmark' ? series : undefined,
    domain,
    task,
    allowed,
  };
  const shared = { query, filters, onFilter: setFilters };
  return (
    <PageFrame title={t('title')} description={t('description')}>
      <Tabs
        value={filters.view}
        onChange={(view) => setFilters({ view: view ?? 'plane', ...FIRST_PAGE })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="plane">{t('view.plane')}</Tabs.Tab>
          <Tabs.Tab value="board">{t('view.board')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="plane">
          <PlaneView {...shared} />
        </Tabs.Panel>
        <Tabs.Panel value="board">
          <BoardView {...shared} />
        </Tabs.Panel>
      </Tabs>
    </PageFrame>
  );
}
