import type { Decision } from '@pointsman/contracts';
import type { PoolClient } from 'pg';
import { inTransaction } from '../in-transaction.ts';
import type { Database } from '../open-database.ts';
import { budgetWindows, type DecisionRow, decisions as decisionsTable, usageRollups } from '../schema.ts';
import { decisionOfUuid } from './decision-id.ts';
import { recordset, storableJson } from './recordset.ts';
import { rollUpUsage, settleBudgets } from './usage-rollup.ts';

/** A decision and the row that holds it. */
export type EncodedDecision = { decision: Decision; row: DecisionRow };

const decisionRecords = recordset(decisionsTable);
const rollupRecords = recordset(usageRollups);
const budgetRecords = recordset(budgetWindows);

const INSERT_DECISIONS = `
  insert into decisions (${decisionRecords.columns})
  select ${decisionRecords.columns} from ${decisionRecords.source} order by r.id
  on conflict do nothing returning id`;

const ROLLUP_KEYS = new Set(['day', 'client_id', 'model_id', 'domain', 'policy']);
const ADD_USAGE = `
  insert into usage_rollups as u (${rollupRecords.columns})
  select ${rollupRecords.columns} from ${rollupRecords.source}
  on conflict (client_id, day, model_id, domain, policy) do update set
  ${[...rollupRecords.columnOf.values()]
    .filter((column) => !ROLLUP_KEYS.has(column))
    .map((column) => `${column} = u.${column} + excluded.${column}`)
    .join(', ')}`;

const ADD_SPENDING = `
  insert into budget_windows as b (${budgetRecords.columns})
  select ${budgetRecords.columns} from ${budgetRecords.source}
  on conflict (client_id, window_kind, window_start) do update set
    spent_nano_usd = b.spent_nano_usd + excluded.spent_nano_usd,
    unknown_cost_count = b.unknown_cost_count + excluded.unknown_cost_count`;

// Locks in key order before it updates: a batch and a renewal of the same node then wait, never deadlock.
const SHRINK_LEASES = `
  update budget_leases l set remaining_nano_usd = greatest(0, l.remaining_nano_usd - held.settled)
  from (
    select k.client_id, k.window_kind, k.window_start, r.spent_nano_usd as settled
    from budget_leases k join ${budgetRecords.source} using (client_id, window_kind, window_start)
    where k.node_id = $2 and r.spent_nano_usd > 0
    order by k.client_id, k.window_kind, k.window_start for update of k
  ) held
  where l.node_id = $2 and l.client_id = held.client_id
    and l.window_kind = held.window_kind and l.window_start = held.window_start`;

async function settle(client: PoolClient, inserted: readonly Decision[], nodeId: string | undefined): Promise<void> {
  await client.query(ADD_USAGE, [storableJson(rollUpUsage(inserted))]);
  const settlements = storableJson(settleBudgets(inserted));
  await client.query(ADD_SPENDING, [settlements]);
  if (nodeId !== undefined) await client.query(SHRINK_LEASES, [settlements, nodeId]);
}

/**
 * Writes decisions, usage and spending in one transaction, and counts what was not there before. Budget rows are
 * locked last, because leases wait for them.
 */
export async function writeBatch(
  database: Database,
  batch: readonly EncodedDecision[],
  nodeId: string | undefined,
): Promise<number> {
  return inTransaction(database, async (client) => {
    const rows = storableJson(batch.map(({ row }) => row));
    const result = await client.query<{ id: string }>({
      name: 'insert_decisions',
      text: INSERT_DECISIONS,
      values: [rows],
    });
    const fresh = new Set(result.rows.map(({ id }) => decisionOfUuid(id)));
    const inserted = batch.flatMap(({ decision }) => (fresh.has(decision.id) ? [decision] : []));
    if (inserted.length > 0) await settle(client, inserted, nodeId);
    return inserted.length;
  });
}
