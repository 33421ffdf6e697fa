import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { findEmbeddedPostgres } from '../embedded/find-embedded-postgres.ts';
import { repositories } from '../repositories.ts';
import { createTestDatabase } from './test-databases.ts';
import { findTestServer, openTestServerBroker } from './test-server.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

describe('the server for tests', () => {
  it('starts when first asked for, is shared, and is gone after the run', async () => {
    const baseDir = await mkdtemp(`${tmpdir()}/pointsman-broker-`);
    await chmod(baseDir, 0o711);
    cleanUp.push(() => rm(baseDir, { recursive: true, force: true }));
    const [run, otherRun] = [await openTestServerBroker(baseDir), await openTestServerBroker(baseDir)];
    cleanUp.push(run.close, otherRun.close);
    expect(await findEmbeddedPostgres(`${baseDir}/slot-0`)).toBeUndefined();
    const environment = { POINTSMAN_TEST_POSTGRES_BROKER: run.url };
    const [one, two] = await Promise.all([findTestServer(environment), findTestServer(environment)]);
    expect(one).toBe(two);
    const other = await findTestServer({ POINTSMAN_TEST_POSTGRES_BROKER: otherRun.url });
    expect(other).not.toBe(one);
    await run.close();
    expect(await findEmbeddedPostgres(`${baseDir}/slot-0`)).toBeUndefined();
    expect(await findEmbeddedPostgres(`${baseDir}/slot-1`)).toBeDefined();
  });

  it('is the one that is given, if one is given', async () => {
    const given = { POINTSMAN_TEST_DATABASE_URL: 'postgres://given', POINTSMAN_TEST_POSTGRES_BROKER: 'http://unused' };
    expect(await findTestServer(given)).toBe('postgres://given');
  });

  it('is explained when there is none', async () => {
    await expect(findTestServer({})).rejects.toThrow(/run vitest from the project root/);
  });
});

describe('a test database', () => {
  it('is migrated, alone, and gone when dropped, even for many made at once', async () => {
    const serverUrl = await findTestServer(process.env);
    const made = await Promise.all(Array.from({ length: 3 }, () => createTestDatabase(serverUrl)));
    const [first, second] = made;
    if (first === undefined || second === undefined) throw new Error('unreachable');
    await repositories(first.database).clients.create({ name: 'Only here' });
    expect(await repositories(second.database).clients.list()).toEqual([]);
    await Promise.all(made.map(({ drop }) => drop()));
    const again = await createTestDatabase(serverUrl);
    const { rows } = await again.database.pool.query('select datname from pg_database where datname = any($1)', [
      made.map(({ url }) => new URL(url).pathname.slice(1)),
    ]);
    expect(rows).toEqual([]);
    await again.drop();
  });
});
