import type { PoolRow } from '../data/pool.ts';
import { meanQuality, type RoutingMethod } from './routing-method.ts';

/** Worth of the overall mean in observations, as measured best on the shared data (findings, section 5). */
const OVERALL_WORTH = 5;

const domainOf = ({ row }: PoolRow): string => `${row.source}|${row.domain ?? ''}`;

/** Each model's mean in the request's true domain, which no gateway is told, drawn towards its overall mean. */
export const domainTable: RoutingMethod = {
  name: 'domain table, true labels',
  fit(train, { models }) {
    const overall = meanQuality(train, models.length);
    const table = new Map(
      [...Map.groupBy(train, domainOf)].map(([domain, rows]) => {
        const own = meanQuality(rows, models.length);
        const share = rows.length / (rows.length + OVERALL_WORTH);
        return [domain, own.map((mean, m) => share * mean + (1 - share) * (overall[m] ?? 0))];
      }),
    );
    return (row) => table.get(domainOf(row)) ?? overall;
  },
};
