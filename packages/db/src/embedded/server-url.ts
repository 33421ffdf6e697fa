import { Client } from 'pg';
import { type DataDirectory, readIfExists } from './data-directory.ts';
import { SUPERUSER } from './initialise-cluster.ts';

const DATABASE = 'pointsman';

/** The connection string of a server on the directory; by default of the maintenance database, which always exists. */
export async function serverUrl(directory: DataDirectory, port: number, database = 'postgres'): Promise<string> {
  const password = await readIfExists(directory.password);
  return `postgres://${SUPERUSER}:${password ?? ''}@127.0.0.1:${port}/${database}`;
}

/** Makes the database `pointsman` unless it exists. */
export async function ensureDatabase(directory: DataDirectory, port: number): Promise<void> {
  const client = new Client({ connectionString: await serverUrl(directory, port) });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
