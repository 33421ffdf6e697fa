import type { PoolClient } from 'pg';
import type { Database } from './open-database.ts';

/** Runs `work` between BEGIN and COMMIT on one connection. A connection whose rollback fails is thrown away. */
export async function inTransaction<T>(database: Database, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
