import { utcDay } from '@pointsman/contracts';
import { inTransaction } from './in-transaction.ts';
import type { Database } from './open-database.ts';
import { safeInteger } from './safe-integer.ts';
import { errorCode } from './storage-unavailable.ts';

const DAY_MS = 86_400_000;
const NAME = /^decisions_(\d{4})(\d{2})(\d{2})$/;
const LOCK_NOT_AVAILABLE = '55P03';

export type DecisionPartition = {
  name: string;
  /** UTC day, `YYYY-MM-DD`. */
  day: string;
  /** On disk, indexes included. */
  bytes: number;
};

/** Drops one partition; false when readers kept it busy for longer than the lock timeout. */
async function dropPartition(database: Database, name: string): Promise<boolean> {
  try {
    await inTransaction(database, async (client) => {
      // Dropping locks the parent: waiting longer would queue every insert behind one slow reader.
      await client.query(`set local lock_timeout = '1s'`);
      await client.query(`drop table if exists ${name}`);
    });
    return true;
  } catch (error) {
    if (errorCode(error) === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
}

/** The day partitions of `decisions`. */
export function partitionsRepository(database: Database) {
  const list = async (): Promise<DecisionPartition[]> => {
    const { rows } = await database.pool.query<{ name: string; bytes: string }>(
      `select c.relname as name, pg_total_relation_size(c.oid)::text as bytes
       from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'decisions'::regclass order by 1`,
    );
    return rows.flatMap(({ name, bytes }) => {
      const [, year, month, day] = NAME.exec(name) ?? [];
      return year === undefined ? [] : [{ name, day: `${year}-${month}-${day}`, bytes: safeInteger(bytes) }];
    });
  };
  return {
    /** Every partition, oldest first. */
    list,
    /** Makes the partitions of `days` days from `fromDay` on (`YYYY-MM-DD`); returns the days that were missing. */
    async ensure(fromDay: string, days: number): Promise<string[]> {
      const first = Date.parse(`${fromDay}T00:00:00Z`);
      const made: string[] = [];
      for (let offset = 0; offset < days; offset += 1) {
        const day = utcDay(first + offset * DAY_MS);
        const { rows } = await database.pool.query<{ made: boolean }>(
          'select ensure_decision_partition($1::date) as made',
          [day],
        );
        if (rows[0]?.made === true) made.push(day);
      }
      return made;
    },
    /**
     * Drops the partitions of days before `day` and returns their names; their disk space is free at once. One that is
     * being read is left for the next call. Usage rollups and feedback stay.
     */
    async dropBefore(day: string): Promise<string[]> {
      const dropped: string[] = [];
      for (const partition of await list()) {
        if (partition.day < day && (await dropPartition(database, partition.name))) dropped.push(partition.name);
      }
      return dropped;
    },
  };
}
