import type { Database } from '../open-database.ts';
import { type RollupSums, SUM_COLUMNS, sumsOf } from './rollup-sums.ts';

export type RollupKey = 'day' | 'client' | 'policy' | 'key' | 'tag' | 'model' | 'domain' | 'task';

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

const FACETS = ['cell', 'key', 'tag', 'policy'] as const;
type Facet = (typeof FACETS)[number];

const COLUMNS = {
  day: { select: "to_char(day, 'YYYY-MM-DD')" },
  client: { select: 'client_id' },
  policy: { select: 'value', facet: 'policy' },
  key: { select: 'value', facet: 'key' },
  tag: { select: 'value', facet: 'tag' },
  model: { select: 'value', facet: 'cell' },
  domain: { select: 'domain', facet: 'cell' },
  task: { select: 'task', facet: 'cell' },
} as const satisfies Record<RollupKey, { select: string; facet?: Facet }>;

/** The facet that tells the keys apart. Every decision has exactly one policy: of all facets that is the one with fewest rows. */
function facetOf({ by, domain, task }: RollupQuery): Facet {
  const needed = new Set(by.flatMap((key) => ('facet' in COLUMNS[key] ? [COLUMNS[key].facet] : [])));
  if (domain !== undefined || task !== undefined) needed.add('cell');
  if (needed.size > 1) throw new RangeError(`Roll-ups are not kept by ${[...needed].join(' and ')} together`);
  return FACETS.find((facet) => needed.has(facet)) ?? 'policy';
}

/**
 * Sums over decisions, ordered by their keys; without keys one row, whose sums are 0 when nothing was counted.
 * @throws RangeError for keys that are not kept together.
 */
export async function readSums(database: Database, query: RollupQuery): Promise<RollupRow[]> {
  const { clientId, from, to, domain, task } = query;
  const by = [...new Set(query.by)];
  const facet = facetOf(query);
  // Only cells are kept for all clients together; of the others there are few enough to add up.
  const together = facet === 'cell' && clientId === undefined && !by.includes('client');
  const keys = by.map((name) => `${COLUMNS[name].select} as "key_${name}"`);
  const places = by.map((_, index) => index + 1).join(', ');
  const { rows } = await database.pool.query<Record<string, string>>(
    `select ${[...keys, SUM_COLUMNS].join(', ')} from decision_rollups
     where facet = $1 and day >= $2::date and day < $3::date
       and ${clientId === undefined && !together ? `client_id <> coalesce($4, '*')` : 'client_id = $4'}
       and ($5::text is null or domain = $5) and ($6::text is null or task = $6)
     ${by.length === 0 ? '' : `group by ${places} order by ${places}`}`,
    [facet, from, to, together ? '*' : (clientId ?? null), domain ?? null, task ?? null],
  );
  return rows.map((row) => ({
    key: Object.fromEntries(by.map((name) => [name, row[`key_${name}`] ?? ''])),
    ...sumsOf(row),
  }));
}
