import { Anchor, Group, Switch, Text } from '@mantine/core';
import type { Overview } from '@pointsman/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/use-client.ts';
import {
  daysOf,
  Empty,
  PageFrame,
  PERIOD_FILTERS,
  PeriodPicker,
  QueryState,
  useFilters,
} from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Breakdown } from './breakdown.tsx';
import { FigureCards } from './figure-cards.tsx';
import { useOverview } from './queries.ts';
import { Series } from './series.tsx';

/** What was spent, and what quality it bought. */
export function Page() {
  const { t } = useTranslation('overview');
  const { clientId, seesAll } = useClient();
  const [filters, setFilters] = useFilters({
    ...PERIOD_FILTERS,
    by: 'model',
    compare: true,
    metric: 'spend',
    sort: '-spend',
  });
  const overview = useOverview({
    client: clientId,
    ...daysOf(filters, Date.now()),
    by: filters.by,
    compare: filters.compare ? 'previous' : 'none',
  });
  return (
    <PageFrame
      title={t('title')}
      description={clientId === undefined && seesAll ? t('descriptionAll') : t('description')}
    >
      <Group gap="md" align="flex-end">
        <PeriodPicker value={filters} onChange={setFilters} />
        <Switch
          size="sm"
          label={t('compare')}
          checked={filters.compare}
          onChange={(event) => setFilters({ compare: event.currentTarget.checked })}
        />
      </Group>
      <QueryState query={overview} height={480}>
        {(data) => (
          <>
            <PeriodLine overview={data} />
            <FigureCards totals={data.totals} previous={data.previous?.totals} />
            {data.totals.requests === 0 ? (
              <NoRequests />
            ) : (
              <>
                <Series days={data.series} metric={filters.metric} onMetric={(metric) => setFilters({ metric })} />
                <Breakdown
                  overview={data}
                  ofAll={seesAll && clientId === undefined}
                  sort={filters.sort}
                  onBy={(by) => setFilters({ by })}
                  onSort={(sort) => setFilters({ sort })}
                />
              </>
            )}
          </>
        )}
      </QueryState>
    </PageFrame>
  );
}

/** A client that is new, or a period in which nothing happened. */
function NoRequests() {
  const { t } = useTranslation('overview');
  return (
    <Empty>
      {t('noRequests')}{' '}
      <Anchor component={Link} to={'/keys' as string} inherit underline="always">
        {t('toKeys')}
      </Anchor>
    </Empty>
  );
}

const DAY_MS = 86_400_000;

/** Which days these are; and that the last one is not over, where it is today. */
function PeriodLine({ overview }: { overview: Overview }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const last = (to: string) => format.day(Date.parse(to) - DAY_MS);
  const { from, to, previous } = overview;
  const parts = [
    from === last(to) ? format.day(from) : t('period.days', { from: format.day(from), to: last(to) }),
    previous && t('period.compared', { from: format.day(previous.from), to: last(previous.to) }),
    Date.parse(to) > Date.now() && t('period.running'),
  ];
  return (
    <Text size="sm" c="dimmed" role="status">
      {parts.filter(Boolean).join(' · ')}
    </Text>
  );
}
