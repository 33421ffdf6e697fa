import { spawn } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import type { DataDirectory } from './data-directory.ts';
import { readIfExists } from './data-directory.ts';
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

const LARGEST_LOG_BYTES = 5_000_000;
const LOG_TAIL_CHARACTERS = 2_000;

async function openLog({ log }: DataDirectory) {
  const bytes = await stat(log).then(
    ({ size }) => size,
    () => 0,
  );
  if (bytes > LARGEST_LOG_BYTES) await rename(log, `${log}.old`);
  return open(log, 'a', 0o600);
}

/** The last lines the server wrote. */
export const logTail = async ({ log }: DataDirectory): Promise<string> =>
  ((await readIfExists(log)) ?? '').slice(-LOG_TAIL_CHARACTERS);

/**
 * Starts the server as a process of its own: it outlives this one when that is killed, gets no Ctrl-C meant for it, and
 * writes to a file rather than to a pipe nobody may be reading. Resolves once it is spawned, with a promise of its end.
 */
export async function spawnPostmaster(options: SpawnOptions): Promise<{ exited: Promise<void> }> {
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
  const log = await openLog(directory);
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
    return { exited };
  } finally {
    await log.close();
  }
}
