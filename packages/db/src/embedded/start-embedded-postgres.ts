import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DataDirectory, openDataDirectory, readIfExists, writeAtomically } from './data-directory.ts';
import { freePort } from './free-port.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import { acquireOwnerLock } from './owner-lock.ts';
import { assertReachable, type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts';
import { findPostmaster, mendPidFile } from './postmaster-pid.ts';
import { type Probe, probePostgres } from './probe-postgres.ts';
import { ensureDatabase, serverUrl } from './server-url.ts';
import { type ServiceAccount, serviceAccount } from './service-account.ts';
import { type ServerSettings, spawnPostmaster } from './spawn-postmaster.ts';
import { stopPostmaster } from './stop-postmaster.ts';
import { waitUntil } from './wait-until.ts';

export type EmbeddedPostgresOptions = {
  /** Made if missing; everything about the server lies in it. A second process that asks for it is refused. */
  dataDir: string;
  /** Told what is going on, a line at a time. The server's own log is `postgres.log` in the data directory. */
  log?: ((line: string) => void) | undefined;
  /** More server settings, as in postgresql.conf. With `fsync` off the data may be lost with the machine. */
  settings?: ServerSettings | undefined;
};

export type EmbeddedPostgres = {
  /** Superuser, database `pointsman`. Holds the password: keep it out of logs. */
  url: string;
  port: number;
  /** Fast shutdown, then gives the data directory free. Safe to call twice. */
  stop(): Promise<void>;
  /** The server was still running from before, after its Node process had been killed. */
  reused: boolean;
};

type Server = {
  directory: DataDirectory;
  binaries: PostgresBinaries;
  account: ServiceAccount;
  settings: ServerSettings;
  log: (line: string) => void;
};

// Recovery after a crash replays the log since the last checkpoint, which on a slow disk takes its time.
const START_TIMEOUT_MS = 120_000;
const REUSE_TIMEOUT_MS = 5_000;
const MAX_SPAWNS = 5;
const MAY_PASS = /could not bind|Address already in use|pre-existing shared memory block/;

/** Probes until the server answers or refuses; undefined when time is up or `gone` says that there is nothing to wait for. */
function untilAnswered(url: string, timeoutMs: number, gone: () => boolean): Promise<Probe | undefined> {
  return waitUntil<Probe>(
    async () => {
      const probe = await probePostgres(url);
      return probe.state === 'ready' || probe.state === 'refused' || gone() ? probe : undefined;
    },
    { timeoutMs, everyMs: 25 },
  );
}

/** The port of a server that already runs on the directory and answers. One that does not answer is stopped. */
async function reuse({ directory, log }: Server): Promise<number | undefined> {
  const running = await findPostmaster(directory);
  if (running === undefined) return undefined;
  const answer = await untilAnswered(await serverUrl(directory, running.port), REUSE_TIMEOUT_MS, () => false);
  if (answer?.state === 'ready') return running.port;
  log(`process ${running.pid} runs PostgreSQL on ${directory.cluster} but does not answer; stopping it`);
  await stopPostmaster(directory);
  return undefined;
}

/**
 * Starts the server and waits for it to answer; its port, or what the server said when it ended for a reason that may
 * pass: somebody took the port, or the last backends of a killed server have not noticed yet.
 */
async function spawnOnce(server: Server): Promise<number | string> {
  const { directory } = server;
  const port = await freePort(Number((await readIfExists(directory.port)) ?? 0) || undefined);
  await writeAtomically(directory.port, String(port));
  await mendPidFile(directory);
  let ended = false;
  const spawned = await spawnPostmaster({ ...server, port });
  void spawned.exited.then(() => {
    ended = true;
  });
  const answer = await untilAnswered(await serverUrl(directory, port), START_TIMEOUT_MS, () => ended);
  if (answer?.state === 'ready' && !ended) return port;
  const tail = await spawned.logTail();
  if (ended && MAY_PASS.test(tail)) return tail;
  await stopPostmaster(directory);
  const why = answer?.state === 'refused' ? answer.error.message : tail;
  throw new Error(`the embedded PostgreSQL did not start; ${directory.log} ends:\n${why}`);
}

async function spawnServer(server: Server): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await spawnOnce(server);
    if (typeof outcome === 'number') return outcome;
    if (attempt === MAX_SPAWNS) throw new Error(`the embedded PostgreSQL did not start:\n${outcome}`);
    server.log(`PostgreSQL did not start, trying again: ${outcome}`);
    await sleep(300 * attempt);
  }
}

async function run(server: Server): Promise<Omit<EmbeddedPostgres, 'stop'>> {
  const { directory, log } = server;
  const durable = server.settings.fsync !== 'off';
  if (!existsSync(directory.cluster)) log(`making a PostgreSQL cluster in ${directory.root}`);
  await initialiseCluster({ ...server, durable });
  const runningPort = await reuse(server);
  const port = runningPort ?? (await spawnServer(server));
  await ensureDatabase(directory, port);
  log(`PostgreSQL ${runningPort === undefined ? 'started' : 'still running'} on 127.0.0.1:${port}`);
  return { url: await serverUrl(directory, port, 'pointsman'), port, reused: runningPort !== undefined };
}

/**
 * A real PostgreSQL on 127.0.0.1, as a child that survives this process being killed: the next start finds and reuses
 * it. About 1.5 s the first time, 0.2 s later. Linux and macOS.
 * @throws DataDirectoryInUse; Error that says what to do when the server cannot run here.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = await serviceAccount();
  const binaries = await postgresBinaries(account);
  const directory = await openDataDirectory(options.dataDir);
  await assertReachable(directory.cluster, account);
  const lock = await acquireOwnerLock(directory);
  const log = options.log ?? (() => undefined);
  try {
    const running = await run({ directory, binaries, account, settings: options.settings ?? {}, log });
    let stopped: Promise<void> | undefined;
    return {
      ...running,
      stop() {
        stopped ??= stopPostmaster(directory).finally(() => lock.release());
        return stopped;
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
