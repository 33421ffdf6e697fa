import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './embedded/free-port.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/start-embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { repositories } from './repositories.ts';
import { StorageUnavailable } from './storage-unavailable.ts';
import { sampleDecision } from './testing/sample-decision.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
let directory = '';
let server: EmbeddedPostgres | undefined;
const start = () =>
  startEmbeddedPostgres({ dataDir: `${directory}/postgres`, settings: { fsync: 'off', max_connections: '20' } });

beforeAll(async () => {
  directory = await mkdtemp(`${tmpdir()}/pointsman-outage-`);
  await chmod(directory, 0o711);
  server = await start();
});
afterAll(async () => {
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

describe('a database that goes away', () => {
  it('fails fast with StorageUnavailable, never crashes, and is back when the server is', async () => {
    const broken: Error[] = [];
    const database = openDatabase({ url: server?.url ?? '', poolSize: 4, onError: (error) => broken.push(error) });
    await migrate(database);
    const { decisions, clients, configRevision } = repositories(database);
    await database.ping();
    // Connections that are idle, one that is checked out, and one inside a statement.
    const held = await database.pool.connect();
    const asleep = database.pool.query('select pg_sleep(60)').catch((error: Error) => error);
    await server?.stop();
    expect(await asleep).toBeInstanceOf(Error);
    held.release(true);
    expect(broken.length).toBeGreaterThan(0);
    await expect(database.ping()).rejects.toBeInstanceOf(StorageUnavailable);
    await expect(clients.list()).rejects.toMatchObject({ code: 'storage_unavailable', reason: 'ECONNREFUSED' });
    await expect(configRevision()).rejects.toBeInstanceOf(StorageUnavailable);
    const batch = [sampleDecision(NOON)];
    await expect(decisions.insertBatch(batch)).rejects.toBeInstanceOf(StorageUnavailable);
    server = await start();
    expect(await decisions.insertBatch(batch)).toEqual({ inserted: 1, rejected: [] });
    await database.close();
    await database.close();
  });

  it('is unavailable from the start when nothing listens', async () => {
    const database = openDatabase({ url: `postgres://nobody@127.0.0.1:${await freePort()}/nothing` });
    await expect(database.ping()).rejects.toMatchObject({ reason: 'ECONNREFUSED' });
    await expect(migrate(database)).rejects.toBeInstanceOf(StorageUnavailable);
    await database.close();
  });

  it('is unavailable when it was closed', async () => {
    const database = openDatabase({ url: server?.url ?? '' });
    await database.close();
    await expect(repositories(database).clients.list()).rejects.toBeInstanceOf(StorageUnavailable);
  });

  it('gives up on a statement that takes too long', async () => {
    const database = openDatabase({ url: server?.url ?? '' });
    await database.pool.query(`set statement_timeout = '50ms'`);
    await expect(database.pool.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
    const fresh = openDatabase({ url: server?.url ?? '' });
    const { rows } = await fresh.pool.query('show statement_timeout');
    expect(rows).toEqual([{ statement_timeout: '10s' }]);
    await database.close();
    await fresh.close();
  });
});
