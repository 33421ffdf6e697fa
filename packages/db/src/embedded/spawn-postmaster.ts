import { spawn } from 'node:child_process';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import type { DataDirectory } from './data-directory.ts';
import { type PostgresBinaries, SERVER_ENVIRONMENT } from './postgres-binaries.ts';
import type { ServiceAccount } from './service-account.ts';

export type ServerSettings = Record<string, string>;

export type SpawnOptions = {
  directory: DataDirectory;
  binaries: PostgresBinaries;
  account: ServiceAccount;
  port: number;
  settings: ServerSettings;
};

export type Spawned = {
  /** Resolves when the process ends. */
  exited: Promise<void>;
  /** The last lines that this process wrote. */
  logTail(): Promise<string>;
};

const LARGEST_LOG_BYTES = 5_000_000;
const LOG_TAIL_CHARACTERS = 2_000;

async function openLog(path: string): Promise<FileHandle> {
  const log = await open(path, 'a', 0o600);
  if ((await log.stat()).size <= LARGEST_LOG_BYTES) return log;
  await log.close();
  await rename(path, `${path}.old`);
  return open(path, 'a', 0o600);
}

async function readFrom(path: string, offset: number): Promise<string> {
  const bytes = await readFile(path);
  return bytes.subarray(offset).toString('utf8').slice(-LOG_TAIL_CHARACTERS).trim();
}

/**
 * Starts the server as a process of its own: it outlives this one when that is killed, gets no Ctrl-C meant for it, and
 * writes to a file rather than to a pipe nobody may be reading. Resolves once it is spawned.
 */
export async function spawnPostmaster(options: SpawnOptions): Promise<Spawned> {
  const { directory, binaries, account, port } = options;
  const settings: ServerSettings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    log_min_messages: 'warning',
    log_checkpoints: 'off',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await openLog(directory.log);
  const logOffset = (await log.stat()).size;
  try {
    const child = spawn(binaries.postgres, ['-D', directory.cluster, ...flags], {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: SERVER_ENVIRONMENT,
      ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
    });
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.unref();
    return { exited, logTail: () => readFrom(directory.log, logOffset) };
  } finally {
    await log.close();
  }
}
