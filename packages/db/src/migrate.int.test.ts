import { DEFAULT_POLICY } from '@pointsman/contracts';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { readMigrations } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { hashPassword } from './passwords.ts';
import { repositories } from './repositories.ts';
import * as schema from './schema.ts';
import { createEmptyDatabase, type TestDatabase } from './testing/test-databases.ts';
import { findTestServer } from './testing/test-server.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function emptyDatabase(): Promise<TestDatabase> {
  const test = await createEmptyDatabase(await findTestServer(process.env));
  cleanUp.push(() => test.drop());
  return test;
}

const shortType = (type: string): string =>
  type
    .replace('timestamp (3) with time zone', 'timestamp(3) with time zone')
    .replace('bigserial', 'bigint')
    .replace('serial', 'integer');

describe('migrate', () => {
  it('applies every file once, however often it is called', async () => {
    const { database } = await emptyDatabase();
    await migrate(database);
    await migrate(database);
    const { rows } = await database.pool.query('select name from applied_migrations order by name');
    expect(rows.map(({ name }) => name)).toEqual((await readMigrations()).map(({ name }) => name));
  });

  it('lets many gateways start at once on an empty database', async () => {
    const { url } = await emptyDatabase();
    const gateways = Array.from({ length: 6 }, () => openDatabase({ url, poolSize: 1 }));
    for (const gateway of gateways) cleanUp.push(() => gateway.close());
    await Promise.all(gateways.map(migrate));
    const [first] = gateways;
    expect(first && (await repositories(first).policies.list(null))).toEqual([DEFAULT_POLICY]);
  });

  it('keeps a default policy that an operator has changed', async () => {
    const { database } = await emptyDatabase();
    await migrate(database);
    const { policies } = repositories(database);
    const changed = await policies.put({ name: DEFAULT_POLICY.name, risk: 0.05 }, null);
    await migrate(database);
    expect(await policies.list(null)).toEqual([changed]);
  });

  it('does not move the configuration revision when there is nothing to do', async () => {
    const { database } = await emptyDatabase();
    await migrate(database);
    const before = await repositories(database).configRevision();
    await migrate(database);
    expect(await repositories(database).configRevision()).toBe(before);
  });

  it('refuses a migration that was edited after it had been applied', async () => {
    const { database } = await emptyDatabase();
    await migrate(database);
    await database.pool.query(`update applied_migrations set sha256 = 'other' where name like '0002%'`);
    await expect(migrate(database)).rejects.toThrow(/0002_decisions\.sql was changed/);
  });

  it('leaves nothing behind when a migration fails', async () => {
    const { database } = await emptyDatabase();
    await database.pool.query('create table decisions (id int)');
    await expect(migrate(database)).rejects.toThrow(/already exists/);
    const { rows } = await database.pool.query(`select to_regclass('clients') as clients`);
    expect(rows).toEqual([{ clients: null }]);
  });
});

describe('the migration to accounts', () => {
  it('keeps the people, passwords and sessions of an installation that runs', async () => {
    const { database } = await emptyDatabase();
    const before = (await readMigrations()).filter(({ name }) => name < '0009');
    for (const { sql } of before) await database.pool.query(sql);
    const hash = await hashPassword('correct horse');
    const { rows } = await database.pool.query(
      `insert into users (email, password_hash, role) values ('ann@example.com', $1, 'operator') returning id`,
      [hash],
    );
    await database.pool.query(
      `insert into sessions (token_hash, user_id, created_at, expires_at) values (sha256('ses_kept'), $1, now(), now() + interval '1 h')`,
      [rows[0].id],
    );
    await database.pool.query((await readMigrations()).find(({ name }) => name === '0009_sign_in.sql')?.sql ?? '');
    const { users } = repositories(database);
    expect((await users.findSession('ses_kept', Date.now()))?.user.id).toBe(rows[0].id);
    expect((await users.signIn('ann@example.com', 'correct horse', Date.now()))?.user.role).toBe('operator');
  });
});

describe('the drizzle schema', () => {
  it('declares the columns, types and nulls that the migrations make', async () => {
    const { database } = await emptyDatabase();
    await migrate(database);
    const { rows } = await database.pool.query<{ table: string; column: string; type: string; required: boolean }>(
      `select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and not c.relispartition
         and c.relname <> 'applied_migrations' order by 1, 2`,
    );
    const declared = Object.values<unknown>(schema)
      .filter((table) => is(table, PgTable))
      .flatMap((table) =>
        Object.values(getTableColumns(table)).map((column) => ({
          table: getTableName(table),
          column: column.name,
          type: shortType(column.getSQLType()),
          required: column.notNull,
        })),
      );
    const sortKey = (entry: { table: string; column: string }) => `${entry.table} ${entry.column}`;
    expect(declared.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual(rows);
  });
});
