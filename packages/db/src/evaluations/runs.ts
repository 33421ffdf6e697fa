import { type RunSpec, type RunStatus, runSpecSchema } from '@pointsman/contracts';
import { inTransaction } from '../in-transaction.ts';
import type { Database } from '../open-database.ts';
import { safeInteger } from '../safe-integer.ts';
import { storable } from './calls.ts';
import { evaluationItemsRepository, type RunItem } from './items.ts';

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

export type NewRun = { spec: RunSpec; emulated: boolean; items: readonly RunItem[] };
export type BaselineQuery = {
  benchmark: string;
  judgeHash: string;
  labels: Record<string, string>;
  emulated: boolean;
};

/** A row of `RUN_COLUMNS`. */
export type RunRow = Record<'id' | 'spent' | 'reserved' | 'lost_nano_usd', string> & {
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

/** What `runOf` reads of a run; without its report, which is large. */
export const RUN_COLUMNS = `id, status, spec, emulated, spent_nano_usd::text as spent, reserved_nano_usd::text as reserved,
  unknown_costs, lost_calls, lost_nano_usd::text as lost_nano_usd, generation, why, created_at, started_at, finished_at`;

/** @throws {z.ZodError} when what is stored is no run. */
export function runOf(row: RunRow): StoredRun {
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
      const { rows } = await pool.query<RunRow>(`select ${RUN_COLUMNS} from evaluation_runs where id = $1`, [id]);
      return rows.map(runOf)[0];
    },
    /** The newest, at most `most`. */
    async list(most: number): Promise<StoredRun[]> {
      const { rows } = await pool.query<RunRow>(
        `select ${RUN_COLUMNS} from evaluation_runs order by created_at desc, id limit $1`,
        [most],
      );
      return rows.map(runOf);
    },
    /**
     * Begins, or begins again, what is not over: a new generation. Undefined when there is no such run or it has finished
     * or was cancelled.
     */
    async start(id: string): Promise<StoredRun | undefined> {
      const { rows } = await pool.query<RunRow>(
        `update evaluation_runs set status = 'running', generation = generation + 1, why = null, finished_at = null,
           started_at = coalesce(started_at, clock_timestamp())
         where id = $1 and status in ('queued', 'running', 'stopped', 'failed') returning ${RUN_COLUMNS}`,
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
    /**
     * The newest finished run with all of these labels, on this benchmark (any version of it) and by this judge.
     */
    newest: (wanted: BaselineQuery): Promise<StoredRun | undefined> => newestRun(database, wanted),
    async saveReport(id: string, report: unknown): Promise<void> {
      await pool.query('update evaluation_runs set report = $2 where id = $1', [id, storable(report)]);
    },
    /** The stored report, unvalidated; undefined when there is none. */
    async report(id: string): Promise<unknown> {
      const { rows } = await pool.query<{ report: unknown }>('select report from evaluation_runs where id = $1', [id]);
      return rows[0]?.report ?? undefined;
    },
    ...evaluationItemsRepository(database),
  };
}

async function newestRun({ pool }: Database, wanted: BaselineQuery): Promise<StoredRun | undefined> {
  const { benchmark, judgeHash, labels, emulated } = wanted;
  const spec = JSON.stringify({ benchmark: { name: benchmark }, judge: { hash: judgeHash }, labels });
  const { rows } = await pool.query<RunRow>(
    `select ${RUN_COLUMNS} from evaluation_runs
     where status = 'finished' and spec @> $1::jsonb and emulated = $2 order by created_at desc limit 1`,
    [spec, emulated],
  );
  return rows.map(runOf)[0];
}

function createRun(database: Database, { spec, emulated, items }: NewRun): Promise<StoredRun> {
  return inTransaction(database, async (client) => {
    const { rows } = await client.query<RunRow>(
      `insert into evaluation_runs (spec, emulated, max_cost_nano_usd) values ($1, $2, $3) returning ${RUN_COLUMNS}`,
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
