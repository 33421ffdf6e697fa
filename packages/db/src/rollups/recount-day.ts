import { Client } from 'pg';
import type { Database } from '../open-database.ts';

export type Recount = {
  /** Roll-up rows that differ from a fresh count, missing and superfluous ones included. */
  differences: number;
};

/** A day of the reference company has 1.2 million decisions: far longer than a request may wait. */
const RECOUNT_TIMEOUT_MS = 600_000;

/** A day is grouped in memory: with PostgreSQL's usual 4 MB it would be sorted on disk several times over. */
const WORK_MEMORY = '256MB';

const TARGETS = [
  { kept: 'decision_rollups', recounted: 'recounted_rollups' },
  { kept: 'latency_rollups', recounted: 'recounted_latencies' },
] as const;

const differing = TARGETS.map(
  ({ kept, recounted }) =>
    `select count(*) as n from (
       (select * from ${kept} where day = $1::date except select * from ${recounted})
       union all
       (select * from ${recounted} except select * from ${kept} where day = $1::date)
     ) d`,
).join(' union all ');

/**
 * Counts the decisions of a UTC day (`YYYY-MM-DD`) anew and compares; with `repair` the fresh count takes the place of what
 * was kept, and writers wait for it.
 */
export async function recountDay(
  database: Database,
  day: string,
  { repair = false }: { repair?: boolean },
): Promise<Recount> {
  const client = new Client({
    ...database.pool.options,
    statement_timeout: RECOUNT_TIMEOUT_MS,
    query_timeout: RECOUNT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    // Decisions and roll-ups of the same moment: of a day that is being written to, too.
    await client.query(repair ? 'begin' : 'begin isolation level repeatable read');
    await client.query(`set local work_mem = '${WORK_MEMORY}'`);
    if (repair) await client.query('lock table decision_rollups, latency_rollups in share row exclusive mode');
    for (const { kept, recounted } of TARGETS)
      await client.query(`create temporary table ${recounted} (like ${kept} including all) on commit drop`);
    await client.query('select recount_decisions($1::date)', [day]);
    const { rows } = await client.query<{ n: string }>(`select sum(n)::text as n from (${differing}) t`, [day]);
    if (repair) await replace(client, day);
    await client.query('commit');
    return { differences: Number(rows[0]?.n) };
  } finally {
    await client.end();
  }
}

async function replace(client: Client, day: string): Promise<void> {
  for (const { kept, recounted } of TARGETS) {
    await client.query(`delete from ${kept} where day = $1::date`, [day]);
    await client.query(`insert into ${kept} select * from ${recounted}`);
  }
}
