import type { EvaluatedItem, EvaluationVerdict, RunStatus, Verdict } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';
import { isSeenBy } from '../seen-cases.ts';
import type { RunProgress } from './items.ts';
import { RUN_COLUMNS, type RunRow, runOf, type StoredRun } from './runs.ts';

export type RunFilter = {
  status?: RunStatus | undefined;
  benchmark?: string | undefined;
  model?: string | undefined;
  /** `judging`: a judge scored annotated replies. */
  kind?: 'benchmark' | 'judging' | undefined;
  limit: number;
  offset: number;
};

/** A run with how far it is, and the verdicts of the stored reports that compare somebody. */
export type RunHead = { run: StoredRun; progress: RunProgress; verdicts: EvaluationVerdict[] };

/** What a list of items needs of one: no text of reply or explanation. */
export type ScoredItem = Pick<EvaluatedItem, 'caseId' | 'caseHash' | 'domain' | 'task' | 'language' | 'weights'> & {
  verdicts: Readonly<Record<string, Pick<Verdict, 'status'> & { score?: number | null }>>;
};

// `$1` is the client who looks, null for those who see all: clients see runs on benchmarks, and none that carries another
// client's name. Judging runs have a name with a space, which no benchmark has.
export const SEEN = `($1::text is null
  or (spec->'benchmark'->>'name' !~ ' ' and coalesce(spec->'labels'->>'client', $1) = $1))`;
const WANTED = `${SEEN} and ($2::text is null or status = $2) and ($3::text is null or spec->'benchmark'->>'name' = $3)
  and ($4::text is null or spec->'contestants' @> jsonb_build_array(jsonb_build_object('model', $4::text)))
  and ($5::text is null or ($5 = 'judging') = (spec->'benchmark'->>'name' ~ ' '))`;
const SEEN_ITEM = `not exists (select from benchmark_cases b where b.hash = i.case_hash and not ${isSeenBy('b.body', '$1')})`;

/** Runs and their items as people read them. `seenBy`: the client who looks; undefined for those who see all. */
export function evaluationReadingRepository(database: Database) {
  const { pool } = database;
  return {
    /** The newest first. */
    page: (seenBy: string | undefined, filter: RunFilter): Promise<{ runs: RunHead[]; total: number }> =>
      readPage(database, seenBy, filter),
    async find(seenBy: string | undefined, id: string): Promise<RunHead | undefined> {
      const { rows } = await pool.query<HeadRow>(`${HEADS} where ${SEEN} and id = $2`, [seenBy ?? null, id]);
      return rows.map(headOf)[0];
    },
    /** Scores of the finished items of one contestant, in the order in which they were taken. */
    async scores(seenBy: string | undefined, id: string, contestant: number): Promise<ScoredItem[]> {
      const { rows } = await pool.query<{ item: ScoredItem }>(
        `select jsonb_build_object('caseId', i.case_id, 'caseHash', i.case_hash, 'domain', i.item->'domain',
           'task', i.item->'task', 'language', i.item->'language', 'weights', coalesce(i.item->'weights', '{}'),
           'verdicts', (select jsonb_object_agg(dimension, jsonb_build_object('status', verdict->'status',
             'score', verdict->'score')) from jsonb_each(i.item->'verdicts') as said(dimension, verdict))) as item
         from evaluation_items i where i.run_id = $2 and i.contestant = $3 and i.item is not null and ${SEEN_ITEM}
         order by i.position`,
        [seenBy ?? null, id, contestant],
      );
      return rows.map(({ item }) => item);
    },
    /** One finished item, whole. */
    async item(
      seenBy: string | undefined,
      { runId, contestant, caseId }: { runId: string; contestant: number; caseId: string },
    ): Promise<EvaluatedItem | undefined> {
      const { rows } = await pool.query<{ item: EvaluatedItem }>(
        `select i.item from evaluation_items i
         where i.run_id = $2 and i.contestant = $3 and i.case_id = $4 and i.item is not null and ${SEEN_ITEM}`,
        [seenBy ?? null, runId, contestant, caseId],
      );
      return rows[0]?.item;
    },
    /** Ids of the run's cases that this client may not see. */
    async hiddenCases(seenBy: string | undefined, id: string): Promise<ReadonlySet<string>> {
      if (seenBy === undefined) return new Set();
      const { rows } = await pool.query<{ case_id: string }>(
        `select distinct i.case_id from evaluation_items i where i.run_id = $2 and not ${SEEN_ITEM}`,
        [seenBy, id],
      );
      return new Set(rows.map(({ case_id }) => case_id));
    },
  };
}

type HeadRow = RunRow & { total: number; done: number; verdicts: EvaluationVerdict[] | null };

const HEADS = `select ${RUN_COLUMNS}, jsonb_path_query_array(report, '$[*] ? (exists(@.baseline)).verdict') as verdicts, items.total, items.done
  from evaluation_runs cross join lateral (
    select count(*)::integer as total, count(item)::integer as done from evaluation_items where run_id = evaluation_runs.id
  ) as items`;

const headOf = ({ total, done, verdicts, ...row }: HeadRow): RunHead => ({
  run: runOf(row),
  progress: { total, done },
  verdicts: verdicts ?? [],
});

async function readPage(
  { pool }: Database,
  seenBy: string | undefined,
  { status, benchmark, model, kind, limit, offset }: RunFilter,
): Promise<{ runs: RunHead[]; total: number }> {
  const wanted = [seenBy, status, benchmark, model, kind].map((value) => value ?? null);
  const [page, count] = await Promise.all([
    // The page first, then its items are counted.
    pool.query<HeadRow>(
      `with paged as materialized (
         select id from evaluation_runs where ${WANTED} order by created_at desc, id limit $6 offset $7
       ) ${HEADS} where id in (select id from paged) order by created_at desc, id`,
      [...wanted, limit, offset],
    ),
    pool.query<{ total: number }>(`select count(*)::integer as total from evaluation_runs where ${WANTED}`, wanted),
  ]);
  return { runs: page.rows.map(headOf), total: count.rows[0]?.total ?? 0 };
}
