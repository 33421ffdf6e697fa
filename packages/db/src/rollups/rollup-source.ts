import type { decisionRollups } from './rollup-tables.ts';

export type RollupKey = 'day' | 'client' | 'policy' | 'key' | 'tag' | 'model' | 'domain' | 'task';

/** The client of the rows that hold all clients together. */
export const ALL_CLIENTS = '*';

const CELL_KEYS = ['model', 'domain', 'task'] as const;
const LONE_KEYS = ['policy', 'key', 'tag'] as const;

export type SourceQuery = {
  clientId?: string | undefined;
  by: readonly RollupKey[];
  domain?: string | undefined;
  task?: string | undefined;
};

export type RollupSource = {
  facet: (typeof decisionRollups.$inferSelect)['facet'];
  /** Whose rows to read: those of one client, which may be `ALL_CLIENTS`, or those of each. */
  client: { id: string } | 'each';
  /** A domain or task that stands in the column of values. */
  valueKey?: RollupKey | undefined;
};

/**
 * Where the fewest rows hold the answer: what all clients add up to together is kept, apart from policies, keys and tags.
 * @throws RangeError for keys that are not kept together.
 */
export function rollupSource({ clientId, by, domain, task }: SourceQuery): RollupSource {
  const filters = [...(domain === undefined ? [] : ['domain']), ...(task === undefined ? [] : ['task'])];
  const cellKeys = CELL_KEYS.filter((key) => by.includes(key) || filters.includes(key));
  const loneKeys = LONE_KEYS.filter((key) => by.includes(key));
  if (loneKeys.length + Number(cellKeys.length > 0) > 1) {
    throw new RangeError(`Roll-ups are not kept by ${[...loneKeys, ...cellKeys].join(' and ')} together`);
  }
  const client = clientId === undefined ? 'each' : { id: clientId };
  const [lone] = loneKeys;
  if (lone !== undefined) return { facet: lone, client };
  // Every decision has exactly one policy, of which there are few.
  if (clientId !== undefined || by.includes('client'))
    return { facet: cellKeys.length > 0 ? 'cell' : 'policy', client };
  return { ...togetherSource(cellKeys, filters), client: { id: ALL_CLIENTS } };
}

function togetherSource(
  keys: readonly (typeof CELL_KEYS)[number][],
  filters: readonly string[],
): Pick<RollupSource, 'facet' | 'valueKey'> {
  const [only = 'task', another] = keys;
  // A filter looks at its own column.
  if (another === undefined && filters.length === 0) return { facet: only, valueKey: only };
  if (!keys.includes('task')) return { facet: 'model-domain' };
  return { facet: keys.includes('domain') ? 'cell' : 'model-task' };
}
