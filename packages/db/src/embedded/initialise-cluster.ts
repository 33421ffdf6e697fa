import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type DataDirectory, readIfExists, writeAtomically } from './data-directory.ts';
import { type PostgresBinaries, SERVER_ENVIRONMENT } from './postgres-binaries.ts';
import type { ServiceAccount } from './service-account.ts';

const execute = promisify(execFile);

/** The superuser of every embedded server. */
export const SUPERUSER = 'pointsman';

export type ClusterOptions = {
  directory: DataDirectory;
  binaries: PostgresBinaries;
  account: ServiceAccount;
  /** False: skip waiting for the disk; for data that may be lost with the machine. */
  durable: boolean;
};

async function assertUsable({ directory, binaries }: ClusterOptions): Promise<void> {
  const version = await readIfExists(`${directory.cluster}/PG_VERSION`);
  if (version !== binaries.majorVersion) {
    throw new Error(
      `the data in ${directory.cluster} is PostgreSQL ${version ?? 'of an unknown version'}'s, and this is PostgreSQL ${binaries.majorVersion}. Dump it with the old version and restore it, or move the directory away to start afresh.`,
    );
  }
  if ((await readIfExists(directory.password)) === undefined) {
    throw new Error(`${directory.password} is missing: put it back, or move ${directory.root} away to start afresh`);
  }
}

const UNFINISHED = 'cluster.unfinished.';

/** Runs `initdb` in a directory that no other attempt uses: one that was cut off may still be writing to its own. */
async function runInitdb({ directory, binaries, account, durable }: ClusterOptions, password: string): Promise<string> {
  const unfinished = await mkdtemp(`${directory.root}/${UNFINISHED}`);
  const passwordFile = `${unfinished}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) {
    await chown(passwordFile, account.uid, account.gid);
    await chown(unfinished, account.uid, account.gid);
  }
  try {
    await execute(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        ...(durable ? [] : ['--no-sync']),
      ],
      { env: SERVER_ENVIRONMENT, ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }) },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  return unfinished;
}

async function removeUnfinished({ root }: DataDirectory): Promise<void> {
  for (const name of await readdir(root)) {
    if (name.startsWith(UNFINISHED)) await rm(`${root}/${name}`, { recursive: true, force: true });
  }
}

/**
 * Makes the cluster unless it exists. It is made beside its place and renamed at the end, so that one whose making was
 * interrupted is never taken for a complete one, and a complete one is never made again. Returns whether it was made.
 * @throws Error when an existing one cannot be used: another major version, or its password is lost.
 */
export async function initialiseCluster(options: ClusterOptions): Promise<boolean> {
  const { directory } = options;
  if (existsSync(directory.cluster)) {
    await assertUsable(options);
    return false;
  }
  await removeUnfinished(directory);
  const password = randomBytes(24).toString('base64url');
  const made = await runInitdb(options, password);
  await writeAtomically(directory.password, password);
  await rename(made, directory.cluster);
  return true;
}
