import { type NodeFacts, type NodeKind, nodeFactsSchema } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';

export type NodeBeat = {
  id: string;
  kind: NodeKind;
  version: string;
  startedAt: string;
  facts: NodeFacts;
};

export type StoredNode = NodeBeat & {
  beatAt: string;
  /** How long ago that was, by the clock of the database. */
  silentMs: number;
};

type Row = Record<'id' | 'version', string> & {
  kind: NodeKind;
  started_at: Date;
  beat_at: Date;
  silent_ms: number;
  facts: unknown;
};

/** What has been silent for so long is forgotten. */
const FORGOTTEN_AFTER = '1 day';

/** The gateways and workers that say they are alive. */
export function nodesRepository({ pool }: Database) {
  return {
    /** Says that a node is alive, and forgets those that have been silent for a day. */
    async beat({ id, kind, version, startedAt, facts }: NodeBeat): Promise<void> {
      await pool.query(
        `insert into nodes (id, kind, version, started_at, facts) values ($1, $2, $3, $4, $5)
         on conflict (id) do update set beat_at = clock_timestamp(), facts = excluded.facts`,
        [id, kind, version, startedAt, JSON.stringify(facts)],
      );
      await pool.query(`delete from nodes where beat_at < clock_timestamp() - $1::interval`, [FORGOTTEN_AFTER]);
    },
    /** A node that stops as it should is not missed. */
    async leave(id: string): Promise<void> {
      await pool.query('delete from nodes where id = $1', [id]);
    },
    /** Gateways first, then workers, each in the order in which they started. */
    async list(): Promise<StoredNode[]> {
      const { rows } = await pool.query<Row>(
        `select id, kind, version, started_at, beat_at, facts,
           (extract(epoch from clock_timestamp() - beat_at) * 1000)::double precision as silent_ms
         from nodes order by kind, started_at, id`,
      );
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        version: row.version,
        startedAt: row.started_at.toISOString(),
        beatAt: row.beat_at.toISOString(),
        silentMs: row.silent_ms,
        // A newer node may tell more than this one knows of.
        facts: nodeFactsSchema.parse(row.facts),
      }));
    },
  };
}
