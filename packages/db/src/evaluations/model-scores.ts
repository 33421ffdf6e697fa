import type { Database } from '../open-database.ts';
import { SEEN } from './evaluation-reading.ts';

/** A finished run on a benchmark: who took part, by what version and judge. */
export type FinishedRun = {
  id: string;
  benchmark: { name: string; version: number };
  judge: { model: string; hash: string };
  /** Without a prompt of their own: what a prompt does is no property of a model. */
  models: string[];
  emulated: boolean;
  finishedAt: string;
};

type Row = Omit<FinishedRun, 'finishedAt'> & { finished_at: Date };

/** What finished runs say of models, read without the texts of their cases. */
export function modelScoresRepository({ pool }: Database) {
  return {
    /** The newest first, at most `most`, of those with a report. `seenBy`: the client who looks; undefined for those who see all. */
    async finishedRuns(seenBy: string | undefined, most: number): Promise<FinishedRun[]> {
      const { rows } = await pool.query<Row>(
        `select id, spec->'benchmark' as benchmark, emulated, finished_at,
           jsonb_build_object('model', spec->'judge'->'model', 'hash', spec->'judge'->'hash') as judge,
           array(select c->>'model' from jsonb_array_elements(spec->'contestants') c where c->'prompt' is null) as models
         from evaluation_runs
         where ${SEEN} and status = 'finished' and report is not null and spec->'benchmark'->>'name' !~ ' '
         order by finished_at desc, id limit $2`,
        [seenBy ?? null, most],
      );
      return rows.map(({ finished_at, ...run }) => ({ ...run, finishedAt: finished_at.toISOString() }));
    },
    /** The stored reports of these runs, unvalidated, without examples: several of a run with several contestants. */
    async reports(runIds: readonly string[]): Promise<Map<string, unknown[]>> {
      const { rows } = await pool.query<{ id: string; reports: unknown[] }>(
        `select id, array(select each - 'examples' - 'judgeValidation' from jsonb_array_elements(report) each) as reports
         from evaluation_runs where id = any($1::text[]) and jsonb_typeof(report) = 'array'`,
        [[...runIds]],
      );
      return new Map(rows.map(({ id, reports }) => [id, reports]));
    },
  };
}
