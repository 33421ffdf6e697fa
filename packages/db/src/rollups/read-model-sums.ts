import type { Database } from '../open-database.ts';
import { safeInteger } from '../safe-integer.ts';
import { ALL_CLIENTS, rollupSource } from './rollup-source.ts';
import type { RollupSums } from './rollup-sums.ts';

export type ModelSumsQuery = {
  /** Absent: all clients together. */
  clientId?: string | undefined;
  /** UTC days, `YYYY-MM-DD`: `from` included, `to` not. */
  from: string;
  to: string;
  /** Only of this domain or task; '' for decisions that have none. */
  domain?: string | undefined;
  task?: string | undefined;
  /** What to tell apart beside the models. */
  by?: 'domain' | 'task' | undefined;
};

/** What the decisions of one model add up to, with the domain or task asked for. */
export type ModelSums = Pick<
  RollupSums,
  'requests' | 'costNanoUsd' | 'estimatedCostCount' | 'qualityCount' | 'qualitySumPpm' | 'qualityVarianceSumPpm'
> & {
  /** '' for decisions that no model answered. */
  model: string;
  domain?: string | undefined;
  task?: string | undefined;
  /** Requests that went to the model and whose cost is known: replies from the cache went to none. */
  knownCostCount: number;
};

const SUMS = {
  requests: 'answered + cached + refused + failed + abandoned',
  knownCostCount: 'answered + failed + abandoned - unknown_cost_count',
  costNanoUsd: 'exact_cost_nano_usd + estimated_cost_nano_usd',
  estimatedCostCount: 'estimated_cost_count',
  qualityCount: 'quality_count',
  qualitySumPpm: '100 * quality_sum_bp',
  // Basis points squared are hundredths of millionths.
  qualityVarianceSumPpm: 'quality_variance_sum_bp2',
} as const;

const SELECTED = Object.entries(SUMS)
  .map(([name, sum]) => `sum(${sum})::text as "${name}"`)
  .join(', ');

type Row = Record<keyof typeof SUMS | 'model' | 'part', string>;

const PER_PPM = 100;

/** A client may have a hundred thousand cells in a month: a quarter of the sums is read in a quarter of the time. */
export async function readModelSums(database: Database, query: ModelSumsQuery): Promise<ModelSums[]> {
  const { clientId = ALL_CLIENTS, from, to, domain, task, by } = query;
  const { facet } = rollupSource({ ...query, by: by === undefined ? ['model'] : ['model', by] });
  const { rows } = await database.pool.query<Row>(
    `select value as model, ${by ?? `''`} as part, ${SELECTED} from decision_rollups
     where facet = $6 and client_id = $1 and day >= $2::date and day < $3::date
       and ($4::text is null or domain = $4) and ($5::text is null or task = $5)
     group by 1, 2 order by 1, 2`,
    [clientId, from, to, domain ?? null, task ?? null, facet],
  );
  return rows.map((row) => ({
    model: row.model,
    ...(by !== undefined && { [by]: row.part }),
    requests: safeInteger(row.requests),
    knownCostCount: safeInteger(row.knownCostCount),
    costNanoUsd: safeInteger(row.costNanoUsd),
    estimatedCostCount: safeInteger(row.estimatedCostCount),
    qualityCount: safeInteger(row.qualityCount),
    qualitySumPpm: safeInteger(row.qualitySumPpm),
    qualityVarianceSumPpm: safeInteger(row.qualityVarianceSumPpm) / PER_PPM,
  }));
}
