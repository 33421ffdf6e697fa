import { DEFAULT_POLICY } from '@pointsman/contracts';
import { Client } from 'pg';
import { type Migration, readMigrations } from './migrations.ts';
import type { Database } from './open-database.ts';
import { translateStorageError } from './storage-unavailable.ts';

const MIGRATION_TIMEOUT_MS = 300_000;

const OLDEST_SERVER_VERSION = 150_000;

async function assertServerVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: string; name: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
  );
  const [version] = rows;
  if (version !== undefined && Number(version.number) < OLDEST_SERVER_VERSION) {
    throw new Error(`the database is PostgreSQL ${version.name}; 15 or later is needed`);
  }
}

async function applyMissing(client: Client, migrations: Migration[]): Promise<void> {
  await client.query(
    `create table if not exists applied_migrations (
       name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
  );
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from applied_migrations');
  const applied = new Map(rows.map((row) => [row.name, row.sha256]));
  for (const { name, sql, sha256 } of migrations) {
    const known = applied.get(name);
    if (known === sha256) continue;
    if (known !== undefined) {
      throw new Error(
        `migration ${name} was changed after it had been applied to this database; add a new file instead`,
      );
    }
    await client.query(sql);
    await client.query('insert into applied_migrations (name, sha256) values ($1, $2)', [name, sha256]);
  }
}

/** The global policy that every client may fall back to; kept when an operator has changed it. */
async function seedDefaultPolicy(client: Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from policies where client_id is null and name = $1', [
    DEFAULT_POLICY.name,
  ]);
  if (rowCount === 0) {
    await client.query('insert into policies (client_id, name, body) values (null, $1, $2)', [
      DEFAULT_POLICY.name,
      JSON.stringify(DEFAULT_POLICY),
    ]);
  }
}

/**
 * Brings the schema up to date, all or nothing. Many gateways may call it at once: an advisory lock lets one work while
 * the others wait. Migrations this code does not know (a newer version ran here) are left alone. Needs PostgreSQL 15.
 * @throws Error when a migration was edited after it had been applied or the server is older; `StorageUnavailable`.
 */
export async function migrate(database: Database): Promise<void> {
  const migrations = await readMigrations();
  // A connection of its own: a migration, or waiting for another gateway's, may outlast the pool's time limits.
  const client = new Client({
    ...database.pool.options,
    statement_timeout: MIGRATION_TIMEOUT_MS,
    query_timeout: MIGRATION_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await assertServerVersion(client);
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('pointsman.migrate'))`);
    await applyMissing(client, migrations);
    await seedDefaultPolicy(client);
    await client.query('commit');
  } catch (error) {
    throw translateStorageError(error);
  } finally {
    // Ending the connection also rolls back what was not committed.
    await client.end();
  }
}
