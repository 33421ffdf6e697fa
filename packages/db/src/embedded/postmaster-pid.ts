import { readFile, rm, writeFile } from 'node:fs/promises';
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

/** Above the largest process number that Linux gives. */
const NOBODY = 4_194_305;

/** PostgreSQL asks with signal 0, which a zombie that nobody has reaped answers as the living do. */
function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // Gone, or another user's and thus no server of ours: PostgreSQL sees it the same way.
    return false;
  }
}

/**
 * Mends a `postmaster.pid` that the server would take for that of a running one and refuse to start. Where its number now
 * belongs to a program that is no PostgreSQL the file goes. Where it is that of a zombie only the number does: from the rest
 * the server finds backends that outlived it, as it does with any other stale file.
 */
export async function mendPidFile(directory: DataDirectory): Promise<void> {
  const named = await readPidFile(directory);
  if (named === undefined) return;
  const path = pidFile(directory);
  const identity = await identifyProcess(named.pid);
  if (identity === undefined) {
    if (answersSignals(named.pid)) await writeFile(path, (await readFile(path, 'utf8')).replace(/^.*/, String(NOBODY)));
  } else if (!identity.commandLine.includes('postgres')) await rm(path, { force: true });
}
