import { rm } from 'node:fs/promises';
import { type DataDirectory, readIfExists } from './data-directory.ts';
import { identifyProcess } from './process-identity.ts';

export type Postmaster = { pid: number; port: number };

const pidFile = (directory: DataDirectory): string => `${directory.cluster}/postmaster.pid`;

async function readPidFile(directory: DataDirectory): Promise<Postmaster | undefined> {
  // Lines: process number, data directory, start time, port, ...; written in two steps, so the port may be missing.
  const lines = (await readIfExists(pidFile(directory)))?.split('\n') ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, port: Number.isSafeInteger(port) ? port : 0 } : undefined;
}

/**
 * The server process that `postmaster.pid` names, if it runs on this very directory. A file left by a crash, or whose
 * number now belongs to another program, names none.
 */
export async function findPostmaster(directory: DataDirectory): Promise<Postmaster | undefined> {
  const named = await readPidFile(directory);
  if (named === undefined) return undefined;
  const identity = await identifyProcess(named.pid);
  return identity?.commandLine.includes(directory.cluster) === true ? named : undefined;
}

/**
 * Removes a `postmaster.pid` whose number now belongs to a program that is no PostgreSQL: the server would take that for
 * one and refuse to start. Any other stale file it recognises itself, and needs, to find backends that outlived it.
 */
export async function removeMisleadingPidFile(directory: DataDirectory): Promise<void> {
  const named = await readPidFile(directory);
  if (named === undefined) return;
  const identity = await identifyProcess(named.pid);
  if (identity !== undefined && !identity.commandLine.includes('postgres'))
    await rm(pidFile(directory), { force: true });
}
