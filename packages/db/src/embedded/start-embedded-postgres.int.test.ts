import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { layOut } from './data-directory.ts';
import { findEmbeddedPostgres } from './find-embedded-postgres.ts';
import { DataDirectoryInUse } from './owner-lock.ts';
import { closedDirectory } from './postgres-binaries.ts';
import { findPostmaster } from './postmaster-pid.ts';
import { identifyProcess } from './process-identity.ts';
import { serviceAccount } from './service-account.ts';
import { startEmbeddedPostgres } from './start-embedded-postgres.ts';
import { stopPostmaster } from './stop-postmaster.ts';

const HOLDER = fileURLToPath(new URL('../../test/hold-embedded-postgres.ts', import.meta.url));
const FAST = { settings: { fsync: 'off', max_connections: '20', shared_buffers: '16MB' } };
const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

/** A directory that another system user can enter; whatever runs on it is stopped at the end. */
async function newDataDir(): Promise<string> {
  const parent = await mkdtemp(`${tmpdir()}/pointsman-embedded-`);
  await chmod(parent, 0o711);
  const dataDir = `${parent}/postgres`;
  cleanUp.push(async () => {
    await stopPostmaster(layOut(dataDir));
    await rm(parent, { recursive: true, force: true });
  });
  return dataDir;
}

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that owns a server; resolves at the first line it prints that starts with `until`. */
async function holder(dataDir: string, until: string): Promise<ChildProcess> {
  const flags = ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'];
  const child = spawn(process.execPath, [...flags, HOLDER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanUp.push(async () => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(until)) return child;
  }
  throw new Error(`the process ended without printing '${until}'`);
}

async function killHard(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A process of the server's user that ended and that its parent, which knows nothing of it, does not reap. */
async function makeZombie(): Promise<number> {
  const account = await serviceAccount();
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  cleanUp.push(async () => parent.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const stateOf = async () => (await readFile(`/proc/${Number(line)}/stat`, 'utf8')).split(' ')[2];
  await vi.waitUntil(async () => (await stateOf()) === 'Z', { timeout: 5000, interval: 5 });
  return Number(line);
}

describe('the embedded server', () => {
  it('keeps its data, its port and its password over a restart', async () => {
    const dataDir = await newDataDir();
    const first = await startEmbeddedPostgres({ dataDir });
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(await findPostmaster(layOut(dataDir))).toBeUndefined();
    const second = await startEmbeddedPostgres({ dataDir });
    expect(second).toMatchObject({ url: first.url, port: first.port, reused: false });
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    await second.stop();
  });

  it('listens on the loopback only, has no socket file, and hides its password', async () => {
    const dataDir = await newDataDir();
    const server = await startEmbeddedPostgres({ dataDir, ...FAST });
    expect(server.port).not.toBe(5432);
    expect(await query(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(server.url, 'show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
    expect(await query(server.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    expect((await stat(`${dataDir}/password`)).mode & 0o777).toBe(0o600);
    const stranger = new URL(server.url);
    stranger.password = 'guess';
    await expect(query(stranger.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    await server.stop();
  });

  it.skipIf(process.platform !== 'linux')('does not get our environment, which may hold provider keys', async () => {
    const dataDir = await newDataDir();
    const server = await startEmbeddedPostgres({ dataDir, ...FAST });
    const pid = (await findPostmaster(layOut(dataDir)))?.pid;
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
    expect(environment).toContain('LC_ALL=C');
    expect(environment).not.toContain('VITEST');
    await server.stop();
  });

  it('is reused after its process was killed', async () => {
    const dataDir = await newDataDir();
    const owner = await holder(dataDir, 'URL ');
    const before = await findPostmaster(layOut(dataDir));
    await killHard(owner);
    const server = await startEmbeddedPostgres({ dataDir });
    expect(server.reused).toBe(true);
    expect(await findPostmaster(layOut(dataDir))).toEqual(before);
    await server.stop();
    expect(before && (await identifyProcess(before.pid))).toBeUndefined();
  });

  it('is stopped and started again when it does not answer', async () => {
    const dataDir = await newDataDir();
    await killHard(await holder(dataDir, 'URL '));
    const hung = await findPostmaster(layOut(dataDir));
    if (hung === undefined) throw new Error('no server');
    process.kill(hung.pid, 'SIGSTOP');
    const server = await startEmbeddedPostgres({ dataDir });
    expect(server.reused).toBe(false);
    expect((await findPostmaster(layOut(dataDir)))?.pid).not.toBe(hung.pid);
    await server.stop();
  });

  it('recovers what was committed when the server itself was killed', async () => {
    const dataDir = await newDataDir();
    const first = await startEmbeddedPostgres({ dataDir });
    await query(first.url, 'create table committed as select 1 as one');
    const running = await findPostmaster(layOut(dataDir));
    if (running === undefined) throw new Error('no server');
    process.kill(running.pid, 'SIGKILL');
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDir });
    expect(second.reused).toBe(false);
    expect(await query(second.url, 'select one from committed')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('starts although a stale postmaster.pid names another program', async () => {
    const dataDir = await newDataDir();
    await (await startEmbeddedPostgres({ dataDir, ...FAST })).stop();
    await writeFile(`${dataDir}/cluster/postmaster.pid`, `${process.pid}\n${dataDir}/cluster\n1\n1\n\n127.0.0.1\n`);
    const server = await startEmbeddedPostgres({ dataDir, ...FAST });
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it.skipIf(process.platform !== 'linux')('starts although the server that was killed is still a zombie', async () => {
    const dataDir = await newDataDir();
    await (await startEmbeddedPostgres({ dataDir, ...FAST })).stop();
    const zombie = await makeZombie();
    await writeFile(`${dataDir}/cluster/postmaster.pid`, `${zombie}\n${dataDir}/cluster\n1\n1\n\n127.0.0.1\n`);
    const server = await startEmbeddedPostgres({ dataDir, ...FAST });
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('makes its cluster again when the first attempt was killed half-way', async () => {
    const dataDir = await newDataDir();
    await killHard(await holder(dataDir, 'making a PostgreSQL cluster'));
    expect(existsSync(`${dataDir}/cluster`)).toBe(false);
    const server = await startEmbeddedPostgres({ dataDir, ...FAST });
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect((await readdir(dataDir)).filter((name) => name.startsWith('cluster'))).toEqual(['cluster']);
  });

  it('can be visited by a process that does not own it', async () => {
    const dataDir = await newDataDir();
    expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();
    const server = await startEmbeddedPostgres({ dataDir, ...FAST });
    expect(await findEmbeddedPostgres(dataDir)).toEqual({ url: server.url });
    await server.stop();
    expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();
  });
});

describe('a data directory', () => {
  it('belongs to one process: a second one is told which', async () => {
    const dataDir = await newDataDir();
    const owner = await holder(dataDir, 'URL ');
    const second = startEmbeddedPostgres({ dataDir });
    await expect(second).rejects.toBeInstanceOf(DataDirectoryInUse);
    await expect(second).rejects.toMatchObject({ code: 'data-directory-in-use', pid: owner.pid });
  });

  it('belongs to one of several that start at once', async () => {
    const dataDir = await newDataDir();
    const starts = await Promise.allSettled(
      Array.from({ length: 4 }, () => startEmbeddedPostgres({ dataDir, ...FAST })),
    );
    const [winner, ...others] = starts.filter((start) => start.status === 'fulfilled');
    expect(others).toEqual([]);
    const losers = starts.filter((start) => start.status === 'rejected');
    expect(losers.every(({ reason }) => reason instanceof DataDirectoryInUse)).toBe(true);
    await winner?.value.stop();
  });

  it('is free when the owner named in its lock ended, even if its number lives on', async () => {
    const dataDir = await newDataDir();
    await mkdir(dataDir, { mode: 0o711 });
    await writeFile(`${dataDir}/lock`, `${process.pid} a-start-long-ago`);
    const server = await startEmbeddedPostgres({ dataDir, ...FAST });
    await server.stop();
    expect(existsSync(`${dataDir}/lock`)).toBe(false);
  });

  it('of another PostgreSQL version is refused, not damaged', async () => {
    const dataDir = await newDataDir();
    await mkdir(`${dataDir}/cluster`, { recursive: true });
    await writeFile(`${dataDir}/cluster/PG_VERSION`, '12\n');
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/PostgreSQL 12's.*PostgreSQL 18/);
    expect(existsSync(`${dataDir}/lock`)).toBe(false);
  });

  it('whose password was lost is refused, not made anew', async () => {
    const dataDir = await newDataDir();
    await (await startEmbeddedPostgres({ dataDir, ...FAST })).stop();
    await rm(`${dataDir}/password`);
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/password is missing/);
    expect(existsSync(`${dataDir}/cluster/PG_VERSION`)).toBe(true);
  });

  it('that the service account cannot enter is named', async () => {
    const home = await mkdtemp(`${tmpdir()}/pointsman-private-`);
    cleanUp.push(() => rm(home, { recursive: true }));
    expect(await closedDirectory(`${home}/checkout/postgres`)).toBe(home);
    // Only root hands the server to another user.
    if (process.getuid?.() === 0) {
      await expect(startEmbeddedPostgres({ dataDir: `${home}/postgres` })).rejects.toThrow(
        new RegExp(`cannot enter ${home}.*DATABASE_URL`),
      );
    }
  });
});
