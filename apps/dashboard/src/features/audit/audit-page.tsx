import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/use-client.ts';
import { daysOf, PageFrame, PERIOD_FILTERS, QueryState, useFilters } from '../../components/index.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { useAudit } from './queries.ts';

const FILTERS = {
  ...PERIOD_FILTERS,
  actor: undefined,
  action: undefined,
  outcome: undefined,
  /** The entry that the page begins after; 0: the newest. */
  before: 0,
};

/** Who changed what. */
export function Page() {
  const { t } = useTranslation('audit');
  const { clientId, seesAll } = useClient();
  const [filters, setFilters] = useFilters(FILTERS);
  const { actor, action, outcome, before } = filters;
  const days = daysOf(filters, Date.now());
  const query = useAudit({
    client: seesAll ? clientId : undefined,
    actor,
    action,
    outcome,
    from: `${days.from}T00:00:00Z`,
    to: `${days.to}T00:00:00Z`,
    before: before === 0 ? undefined : before,
  });
  return (
    <PageFrame title={t('title')} description={t('description')}>
      <AuditFilters filters={filters} onChange={(change) => setFilters({ ...change, before: 0 })} />
      <QueryState query={query} isEmpty={({ data }) => data.length === 0} empty={t('empty')} height={320}>
        {({ data, next }) => (
          <>
            <AuditTable entries={data} />
            <Group justify="flex-end" gap="xs">
              {before !== 0 && (
                <Button variant="default" size="xs" onClick={() => setFilters({ before: 0 })}>
                  {t('newest')}
                </Button>
              )}
              {next !== undefined && (
                <Button variant="default" size="xs" onClick={() => setFilters({ before: next })}>
                  {t('older')}
                </Button>
              )}
            </Group>
          </>
        )}
      </QueryState>
    </PageFrame>
  );
}
