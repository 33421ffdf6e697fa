import { type EvaluatedItem, type RunSpec, type RunStatus, runSpecSchema } from '@pointsman/contracts';
import { inTransaction } from '../in-transaction.ts';
import type { Database } from '../open-database.ts';
import { safeInteger } from '../safe-integer.ts';
import { storable } from './calls.ts';

export type StoredRun = {
  id: string;
  status: RunStatus;
  spec: RunSpec;
  /** Whether the provider emulator answers instead of providers. */
  emulated: boolean;
  spentNanoUsd: number;
  reservedNanoUsd: number;
  unknownCosts: number;
  lostCalls: number;
  lostNanoUsd: number;
  generation: number;
  /** Why it stopped, was cancelled or failed. */
  why: string | undefined;
  createdAt: string;
  startedAt: string | undefined;
  finishedAt: string | undefined;
};

/** `contestant` is the index into the run's contestants. */
export type RunItem = { contestant: number; caseId: string; caseHash: string; position: number };
export type NewRun = { spec: RunSpec; emulated: boolean; items: readonly RunItem[] };
export type BaselineQuery = {
  benchmark: string;
  judgeHash: string;
  labels: Record<string, string>;
  emulated: boolean;
};
export type RunProgress = { total: number; done: number };

type Row = Record<'id' | 'spent' | 'reserved' | 'lost_nano_usd', string> & {
  status: RunStatus;
  spec: unknown;
  emulated: boolean;
  unknown_costs: number;
  lost_calls: number;
  generation: number;
  why: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
};

const COLUMNS = `id, status, spec, emulated, spent_nano_usd::text as spent, reserved_nano_usd::text as reserved,
  unknown_costs, lost_calls, lost_nano_usd::text as lost_nano_usd, generation, why, created_at, started_at, finished_at`;

function runOf(row: Row): StoredRun {
  return {
    id: row.id,
    status: row.status,
    spec: runSpecSchema.parse(row.spec),
    emulated: row.emulated,
    spentNanoUsd: safeInteger(row.spent),
    reservedNanoUsd: safeInteger(row.reserved),
    unknownCosts: row.unknown_costs,
    lostCalls: row.lost_calls,
    lostNanoUsd: safeInteger(row.lost_nano_usd),
    generation: row.generation,
    why: row.why ?? undefined,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString(),
    finishedAt: row.finished_at?.toISOString(),
  };
}

/** Evaluation runs and their items. */
export function evaluationRunsRepository(database: Database) {
  const { pool } = database;
  return {
    /** Stores a run and its open items, all or nothing. */
    create: (run: NewRun): Promise<StoredRun> => createRun(database, run),
    async get(id: string): Promise<StoredRun | undefined> {
      const { rows } = await pool.query<Row>(`select ${COLUMNS} from evaluation_runs where id = $1`, [id]);
      return rows.map(runOf)[0];
    },
    /** The newest, at most `most`. */
    async list(most: number): Promise<StoredRun[]> {
      const { rows } = await pool.query<Row>(
        `select ${COLUMNS} from evaluation_runs order by created_at desc, id limit $1`,
        [most],
      );
      return rows.map(runOf);
    },
    /**
     * Begins, or begins again, what is not over: a new generation. Undefined when there is no such run or it has finished
     * or was cancelled.
     */
    async start(id: string): Promise<StoredRun | undefined> {
      const { rows } = await pool.query<Row>(
        `update evaluation_runs set status = 'running', generation = generation + 1, why = null, finished_at = null,
           started_at = coalesce(started_at, clock_timestamp())
         where id = $1 and status in ('queued', 'running', 'stopped', 'failed') returning ${COLUMNS}`,
        [id],
      );
      return rows.map(runOf)[0];
    },
    /** Ends a run that is queued or running; false when it is neither. */
    async end(id: string, status: Exclude<RunStatus, 'queued' | 'running'>, why?: string): Promise<boolean> {
      const { rowCount } = await pool.query(
        `update evaluation_runs set status = $2, why = $3, finished_at = clock_timestamp()
         where id = $1 and status in ('queued', 'running', 'stopped')`,
        [id, status, why ?? null],
      );
      return (rowCount ?? 0) > 0;
    },
    async openItems(id: string): Promise<RunItem[]> {
      const { rows } = await pool.query<{ contestant: number; case_id: string; case_hash: string; position: number }>(
        `select contestant, case_id, case_hash, position from evaluation_items
         where run_id = $1 and item is null order by position`,
        [id],
      );
      return rows.map((row) => ({
        contestant: row.contestant,
        caseId: row.case_id,
        caseHash: row.case_hash,
        position: row.position,
      }));
    },
    /** Writes an item down once; a second time changes nothing. */
    async finishItem(id: string, contestant: number, item: EvaluatedItem): Promise<void> {
      await pool.query(
        `update evaluation_items set item = $4, done_at = clock_timestamp()
         where run_id = $1 and contestant = $2 and case_id = $3 and item is null`,
        [id, contestant, item.caseId, storable(item)],
      );
    },
    async isItemDone(id: string, contestant: number, caseId: string): Promise<boolean> {
      const { rows } = await pool.query(
        `select 1 from evaluation_items where run_id = $1 and contestant = $2 and case_id = $3 and item is not null`,
        [id, contestant, caseId],
      );
      return rows.length > 0;
    },
    /** The finished items of one contestant, in the order in which they were taken. */
    async items(id: string, contestant: number): Promise<EvaluatedItem[]> {
      const { rows } = await pool.query<{ item: EvaluatedItem }>(
        `select item from evaluation_items where run_id = $1 and contestant = $2 and item is not null order by position`,
        [id, contestant],
      );
      // Written by `finishItem` alone; thousands of them are not validated again.
      return rows.map(({ item }) => item);
    },
    /**
     * The newest finished run with all of these labels, on this benchmark (any version of it) and by this judge.
     */
    async newest(wanted: BaselineQuery): Promise<StoredRun | undefined> {
      const { rows } = await pool.query<Row>(
        `select ${COLUMNS} from evaluation_runs
         where status = 'finished' and spec @> $1::jsonb and emulated = $2 order by created_at desc limit 1`,
        [
          JSON.stringify({
            benchmark: { name: wanted.benchmark },
            judge: { hash: wanted.judgeHash },
            labels: wanted.labels,
          }),
          wanted.emulated,
        ],
      );
      return rows.map(runOf)[0];
    },
    async progress(id: string): Promise<RunProgress> {
      const { rows } = await pool.query<{ total: number; done: number }>(
        `select count(*)::integer as total, count(item)::integer as done from evaluation_items where run_id = $1`,
        [id],
      );
      return rows[0] ?? { total: 0, done: 0 };
    },
    async saveReport(id: string, report: unknown): Promise<void> {
      await pool.query('update evaluation_runs set report = $2 where id = $1', [id, storable(report)]);
    },
    /** The stored report, unvalidated; undefined when there is none. */
    async report(id: string): Promise<unknown> {
      const { rows } = await pool.query<{ report: unknown }>('select report from evaluation_runs where id = $1', [id]);
      return rows[0]?.report ?? undefined;
    },
  };
}

function createRun(database: Database, { spec, emulated, items }: NewRun): Promise<StoredRun> {
  return inTransaction(database, async (client) => {
    const { rows } = await client.query<Row>(
      `insert into evaluation_runs (spec, emulated, max_cost_nano_usd) values ($1, $2, $3) returning ${COLUMNS}`,
      [storable(spec), emulated, spec.maxCostNanoUsd ?? null],
    );
    const [run] = rows.map(runOf);
    if (run === undefined) throw new Error('the run was not stored');
    await client.query(
      `insert into evaluation_items (run_id, contestant, case_id, case_hash, position)
       select $1, * from unnest($2::smallint[], $3::text[], $4::text[], $5::integer[])`,
      [
        run.id,
        items.map(({ contestant }) => contestant),
        items.map(({ caseId }) => caseId),
        items.map(({ caseHash }) => caseHash),
        items.map(({ position }) => position),
      ],
    );
    return run;
  });
}
