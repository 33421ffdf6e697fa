import type { AnnotationQueueCounts, RunView } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';
import { safeInteger } from '../safe-integer.ts';

type Texts = Record<
  'id' | 'benchmark_name' | 'benchmark_version' | 'judge' | 'spent' | 'reserved' | 'lost_nano',
  string
>;
type RunRow = Texts & {
  status: RunView['status'];
  contestants: string[];
  emulated: boolean;
  ceiling: string | null;
  unknown_costs: number;
  lost_calls: number;
  why: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  items: number;
  items_done: number;
  items_lately: number;
  calls: number;
  workers: number;
};

/** "Lately" is this long. */
export const LATELY_MS = 300_000;

// Counting the items of a run reads its part of an index or heap; ended runs are few here and no longer change.
const RUNS = `
  with shown as (
    (select * from evaluation_runs where status in ('queued', 'running') order by created_at limit 100)
    union all
    (select * from evaluation_runs where status not in ('queued', 'running') order by created_at desc limit $1)
  )
  select r.id, r.status, r.emulated, r.unknown_costs, r.lost_calls, r.why, r.created_at, r.started_at, r.finished_at,
    r.spec->'benchmark'->>'name' as benchmark_name, r.spec->'benchmark'->>'version' as benchmark_version,
    r.spec->'judge'->>'model' as judge,
    array(select c->>'model' from jsonb_array_elements(r.spec->'contestants') c) as contestants,
    r.spent_nano_usd::text as spent, r.reserved_nano_usd::text as reserved, r.lost_nano_usd::text as lost_nano,
    r.max_cost_nano_usd::text as ceiling, i.items, i.items_done, i.items_lately, c.calls, c.workers
  from shown r
  cross join lateral (
    select count(*)::integer as items, count(done_at)::integer as items_done,
      (count(*) filter (where done_at > clock_timestamp() - $2 * interval '1 millisecond'))::integer as items_lately
    from evaluation_items where run_id = r.id
  ) i
  cross join lateral (
    select count(*)::integer as calls, count(distinct holder)::integer as workers
    from evaluation_calls where run_id = r.id and status = 'started' and lease_expires_at > clock_timestamp()
  ) c
  order by r.status in ('queued', 'running') desc, r.created_at desc, r.id`;

/** What waits and what is under way, as the database knows it. */
export function queuesRepository({ pool }: Database) {
  return {
    /** Every run that is queued or running (at most 100), and the `ended` newest of the others. */
    async runs(ended: number): Promise<RunView[]> {
      const { rows } = await pool.query<RunRow>(RUNS, [ended, LATELY_MS]);
      return rows.map(runOf);
    },
    /** Over the batches that are open. */
    async annotation(): Promise<AnnotationQueueCounts> {
      const { rows } = await pool.query<AnnotationQueueCounts>(
        `select count(distinct b.id)::integer as batches, count(i.id)::integer as items,
           (count(i.id) filter (where i.submitted >= b.raters))::integer as "itemsDone",
           (count(i.id) filter (where i.disputed <> '{}' and not exists (
             select from annotation_decisions d where d.item_id = i.id and d.state = 'decided')))::integer as disputed,
           (select count(*)::integer from annotation_assignments a
            where a.state = 'held' and a.reserved_until > clock_timestamp()) as held
         from annotation_batches b left join annotation_items i on i.batch_id = b.id where b.state = 'open'`,
      );
      const [counts] = rows;
      if (counts === undefined) throw new Error('the annotation queue was not counted');
      return counts;
    },
  };
}

function runOf(row: RunRow): RunView {
  return {
    id: row.id,
    status: row.status,
    benchmark: { name: row.benchmark_name, version: Number(row.benchmark_version) },
    contestants: row.contestants,
    judge: row.judge,
    emulated: row.emulated,
    items: { total: row.items, done: row.items_done, doneLately: row.items_lately },
    callsInFlight: row.calls,
    workers: row.workers,
    spentNanoUsd: safeInteger(row.spent),
    reservedNanoUsd: safeInteger(row.reserved),
    maxCostNanoUsd: row.ceiling === null ? undefined : safeInteger(row.ceiling),
    unknownCosts: row.unknown_costs,
    lostCalls: row.lost_calls,
    lostNanoUsd: safeInteger(row.lost_nano),
    why: row.why ?? undefined,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString(),
    finishedAt: row.finished_at?.toISOString(),
  };
}
