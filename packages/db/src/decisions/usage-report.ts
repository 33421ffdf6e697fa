import type { DecisionOutcome } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';
import { safeInteger } from '../safe-integer.ts';

export type UsageKey = 'day' | 'model' | 'domain' | 'client' | 'policy';

export type UsageQuery = {
  clientId?: string | undefined;
  /** UTC days, `YYYY-MM-DD`: `from` included, `to` not. */
  from: string;
  to: string;
  /** What to group by; nothing gives one row, the total. */
  by: readonly UsageKey[];
};

export type UsageRow = {
  /** Present when grouped by; undefined also for decisions that have no model or no domain. */
  key: Partial<Record<UsageKey, string | undefined>>;
  requests: number;
  outcomes: Record<DecisionOutcome, number>;
  /** Sums over what was reported; `unknownUsageCount` requests are missing from them. */
  tokens: { input: number; cachedInput: number; cacheWrite: number; output: number; reasoning: number };
  unknownUsageCount: number;
  /** Exact and estimated costs together; `unknownCostCount` requests are missing from it. */
  costNanoUsd: number;
  estimatedCostNanoUsd: number;
  estimatedCostCount: number;
  /** Part of the cost that was estimated, in [0, 1]; undefined when nothing was spent. */
  estimatedCostShare: number | undefined;
  unknownCostCount: number;
};

const COLUMNS = {
  day: "to_char(day, 'YYYY-MM-DD')",
  model: 'model_id',
  domain: 'domain',
  client: 'client_id',
  policy: 'policy',
} as const satisfies Record<UsageKey, string>;

const SUMS = [
  'answered',
  'cached',
  'refused',
  'failed',
  'abandoned',
  'input_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'unknown_usage_count',
  'exact_cost_nano_usd',
  'estimated_cost_nano_usd',
  'estimated_cost_count',
  'unknown_cost_count',
] as const;
type Sums = Record<(typeof SUMS)[number], string>;

function usageRow(row: Sums & Record<string, string>, by: readonly UsageKey[]): UsageRow {
  const sum = (column: keyof Sums): number => safeInteger(row[column]);
  const outcomes = {
    answered: sum('answered'),
    cached: sum('cached'),
    refused: sum('refused'),
    failed: sum('failed'),
    abandoned: sum('abandoned'),
  };
  const estimatedCostNanoUsd = sum('estimated_cost_nano_usd');
  const costNanoUsd = sum('exact_cost_nano_usd') + estimatedCostNanoUsd;
  return {
    key: Object.fromEntries(by.map((name) => [name, row[`key_${name}`] || undefined])),
    requests: Object.values(outcomes).reduce((total, count) => total + count, 0),
    outcomes,
    tokens: {
      input: sum('input_tokens'),
      cachedInput: sum('cached_input_tokens'),
      cacheWrite: sum('cache_write_tokens'),
      output: sum('output_tokens'),
      reasoning: sum('reasoning_tokens'),
    },
    unknownUsageCount: sum('unknown_usage_count'),
    costNanoUsd,
    estimatedCostNanoUsd,
    estimatedCostCount: sum('estimated_cost_count'),
    estimatedCostShare: costNanoUsd === 0 ? undefined : estimatedCostNanoUsd / costNanoUsd,
    unknownCostCount: sum('unknown_cost_count'),
  };
}

/** Usage from the rollups, ordered by its keys. Never touches a decision, so it stays when their partitions are dropped. */
export async function reportUsage(database: Database, query: UsageQuery): Promise<UsageRow[]> {
  const by = [...new Set(query.by)];
  const keys = by.map((name) => `${COLUMNS[name]} as key_${name}`);
  const sums = SUMS.map((column) => `coalesce(sum(${column}), 0)::text as ${column}`);
  const places = by.map((_, index) => index + 1).join(', ');
  const { rows } = await database.pool.query<Sums & Record<string, string>>(
    `select ${[...keys, ...sums].join(', ')} from usage_rollups
     where day >= $1::date and day < $2::date and ($3::text is null or client_id = $3)
     ${by.length === 0 ? '' : `group by ${places} order by ${places}`}`,
    [query.from, query.to, query.clientId ?? null],
  );
  return rows.map((row) => usageRow(row, by));
}
