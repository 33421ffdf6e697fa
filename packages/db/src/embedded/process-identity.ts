import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { errorCode } from '../storage-unavailable.ts';

const execute = promisify(execFile);

export type ProcessIdentity = {
  /** Differs between two processes that had the same number; only good for comparing. */
  startedAt: string;
  commandLine: string;
};

async function identityFromProc(pid: number): Promise<ProcessIdentity | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The second field, the name in brackets, may contain anything; what follows is the state and then plain numbers.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended, whatever the process table says: nobody may be left to reap an adopted one in a container.
  if (fields[0] === 'Z') return undefined;
  const commandLine = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
  return { startedAt: fields[19] ?? '', commandLine };
}

async function identityFromPs(pid: number): Promise<ProcessIdentity | undefined> {
  const ask = (field: string) => execute('ps', ['-ww', '-o', `${field}=`, '-p', String(pid)]);
  const [started, command, state] = await Promise.all([ask('lstart'), ask('command'), ask('state')]);
  if (state.stdout.startsWith('Z')) return undefined;
  return { startedAt: started.stdout.trim(), commandLine: command.stdout.trim() };
}

/** What runs under a process number; undefined when nothing does. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    return await (process.platform === 'linux' ? identityFromProc(pid) : identityFromPs(pid));
  } catch (error) {
    // ENOENT and ESRCH: gone from /proc; 1: ps found no such process.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH' || code === 1) return undefined;
    throw error;
  }
}
