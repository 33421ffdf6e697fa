import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrate } from '../migrate.ts';
import { migrationsHash } from '../migrations.ts';
import { type Database, openDatabase } from '../open-database.ts';

export type TestDatabase = {
  url: string;
  database: Database;
  /** Closes the pool and drops the database, whoever else is connected. */
  drop(): Promise<void>;
};

const TEMPLATE_PREFIX = 'pointsman_template_';
const TEST_PREFIX = 'pointsman_test_';

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

async function administer<T>(serverUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function exists(client: Client, name: string): Promise<boolean> {
  return (await client.query('select 1 from pg_database where datname = $1', [name])).rowCount === 1;
}

/** Migrates a database beside its place and renames it: a template that exists is complete. */
async function buildTemplate(client: Client, serverUrl: string, name: string): Promise<void> {
  const unfinished = `${name}_unfinished`;
  await client.query(`drop database if exists ${unfinished} with (force)`);
  await client.query(`create database ${unfinished}`);
  const database = openDatabase({ url: withDatabase(serverUrl, unfinished) });
  await migrate(database).finally(() => database.close());
  await client.query(`alter database ${unfinished} rename to ${name}`);
}

/** The name of a migrated database, made once per server and set of migrations, however many workers ask at once. */
async function ensureTemplate(client: Client, serverUrl: string): Promise<string> {
  const name = TEMPLATE_PREFIX + (await migrationsHash()).slice(0, 16);
  if (await exists(client, name)) return name;
  await client.query(`select pg_advisory_lock(hashtext('pointsman.test_template'))`);
  try {
    if (!(await exists(client, name))) await buildTemplate(client, serverUrl, name);
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('pointsman.test_template'))`);
  }
  return name;
}

async function createDatabase(serverUrl: string, template: (client: Client) => Promise<string>): Promise<TestDatabase> {
  const name = TEST_PREFIX + randomBytes(6).toString('hex');
  await administer(serverUrl, async (client) => {
    await client.query(`create database ${name} template ${await template(client)}`);
  });
  const url = withDatabase(serverUrl, name);
  const database = openDatabase({ url, applicationName: 'pointsman-test' });
  return {
    url,
    database,
    async drop() {
      await database.close();
      await administer(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** A fresh, migrated database on a server whose user may create databases; about 0.1 s once the template exists. */
export const createTestDatabase = (serverUrl: string): Promise<TestDatabase> =>
  createDatabase(serverUrl, (client) => ensureTemplate(client, serverUrl));

/** A database without tables, for tests of the migrations themselves. */
export const createEmptyDatabase = (serverUrl: string): Promise<TestDatabase> =>
  createDatabase(serverUrl, async () => 'template0');

/** Drops what killed test runs and older migrations left behind. Only for a server that nobody else is using. */
export async function dropLeftovers(serverUrl: string): Promise<void> {
  const current = TEMPLATE_PREFIX + (await migrationsHash()).slice(0, 16);
  await administer(serverUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
    for (const { datname } of rows) {
      const ours = datname.startsWith(TEST_PREFIX) || datname.startsWith(TEMPLATE_PREFIX);
      if (ours && datname !== current) await client.query(`drop database if exists ${datname} with (force)`);
    }
  });
}
