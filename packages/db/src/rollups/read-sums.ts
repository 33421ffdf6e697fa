import type { Database } from '../open-database.ts';
import { ALL_CLIENTS, type RollupKey, rollupSource } from './rollup-source.ts';
import { type RollupSums, SUM_COLUMNS, sumsOf } from './rollup-sums.ts';

export type RollupQuery = {
  /** Absent: all clients together. */
  clientId?: string | undefined;
  /** UTC days, `YYYY-MM-DD`: `from` included, `to` not. */
  from: string;
  to: string;
  /** What to group by. Of `policy`, `key`, `tag` and the three of cells (`model`, `domain`, `task`) one kind at a time. */
  by: readonly RollupKey[];
  /** Only of this domain or task; '' for decisions that have none. */
  domain?: string | undefined;
  task?: string | undefined;
};

export type RollupRow = RollupSums & {
  /** Present when grouped by; '' for decisions that have none. */
  key: Partial<Record<RollupKey, string>>;
};

const COLUMNS = {
  day: "to_char(day, 'YYYY-MM-DD')",
  client: 'client_id',
  policy: 'value',
  key: 'value',
  tag: 'value',
  model: 'value',
  domain: 'domain',
  task: 'task',
} as const satisfies Record<RollupKey, string>;

/**
 * Sums over decisions, ordered by their keys; without keys one row, whose sums are 0 when nothing was counted.
 * @throws RangeError for keys that are not kept together.
 */
export async function readSums(database: Database, query: RollupQuery): Promise<RollupRow[]> {
  const { from, to, domain, task } = query;
  const by = [...new Set(query.by)];
  const { facet, client, valueKey } = rollupSource({ ...query, by });
  const keys = by.map((name) => `${name === valueKey ? 'value' : COLUMNS[name]} as "key_${name}"`);
  const places = by.map((_, index) => index + 1).join(', ');
  const { rows } = await database.pool.query<Record<string, string>>(
    `select ${[...keys, SUM_COLUMNS].join(', ')} from decision_rollups
     where facet = $1 and day >= $2::date and day < $3::date
       and ${client === 'each' ? `client_id <> '${ALL_CLIENTS}' and $4::text is null` : 'client_id = $4'}
       and ($5::text is null or domain = $5) and ($6::text is null or task = $6)
     ${by.length === 0 ? '' : `group by ${places} order by ${places}`}`,
    [facet, from, to, client === 'each' ? null : client.id, domain ?? null, task ?? null],
  );
  return rows.map((row) => ({
    key: Object.fromEntries(by.map((name) => [name, row[`key_${name}`] ?? ''])),
    ...sumsOf(row),
  }));
}
