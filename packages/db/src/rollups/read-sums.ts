import type { Database } from '../open-database.ts';
import { type RollupSums, SUM_COLUMNS, sumsOf } from './rollup-sums.ts';
import type { decisionRollups } from './rollup-tables.ts';

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

type Facet = (typeof decisionRollups.$inferSelect)['facet'];

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

const CELL_KEYS = ['model', 'domain', 'task'] as const;
const LONE_KEYS = ['policy', 'key', 'tag'] as const;

type Source = {
  facet: Facet;
  /** Rows of all clients together, rather than of each. */
  together: boolean;
  /** Where to find a key whose facet has it as its value. */
  valueKey?: RollupKey | undefined;
};

/** Where the fewest rows hold the answer. */
function sourceOf({ clientId, by, domain, task }: RollupQuery): Source {
  const isFiltered = domain !== undefined || task !== undefined;
  const cellKeys = CELL_KEYS.filter((key) => by.includes(key));
  const loneKeys = LONE_KEYS.filter((key) => by.includes(key));
  const usesCells = isFiltered || cellKeys.length > 0;
  if (loneKeys.length + Number(usesCells) > 1) {
    throw new RangeError(`Roll-ups are not kept by ${[...loneKeys, ...cellKeys].join(' and ')} together`);
  }
  const [lone] = loneKeys;
  if (lone !== undefined) return { facet: lone, together: false };
  const together = clientId === undefined && !by.includes('client');
  if (isFiltered || cellKeys.length > 1 || (usesCells && !together)) return { facet: 'cell', together };
  // Every decision has one policy and one task, of which there are few.
  if (!together) return { facet: 'policy', together };
  const [valueKey] = cellKeys;
  return { facet: valueKey ?? 'task', together, valueKey };
}

/**
 * Sums over decisions, ordered by their keys; without keys one row, whose sums are 0 when nothing was counted.
 * @throws RangeError for keys that are not kept together.
 */
export async function readSums(database: Database, query: RollupQuery): Promise<RollupRow[]> {
  const { clientId, from, to, domain, task } = query;
  const by = [...new Set(query.by)];
  const { facet, together, valueKey } = sourceOf(query);
  const keys = by.map((name) => `${name === valueKey ? 'value' : COLUMNS[name]} as "key_${name}"`);
  const places = by.map((_, index) => index + 1).join(', ');
  const ofClient = clientId ?? (together ? ALL_CLIENTS : undefined);
  const { rows } = await database.pool.query<Record<string, string>>(
    `select ${[...keys, SUM_COLUMNS].join(', ')} from decision_rollups
     where facet = $1 and day >= $2::date and day < $3::date
       and ${ofClient === undefined ? 'client_id <> $4' : 'client_id = $4'}
       and ($5::text is null or domain = $5) and ($6::text is null or task = $6)
     ${by.length === 0 ? '' : `group by ${places} order by ${places}`}`,
    [facet, from, to, ofClient ?? ALL_CLIENTS, domain ?? null, task ?? null],
  );
  return rows.map((row) => ({
    key: Object.fromEntries(by.map((name) => [name, row[`key_${name}`] ?? ''])),
    ...sumsOf(row),
  }));
}

/** The client of the rows that hold all clients together. */
const ALL_CLIENTS = '*';
