import { errorCode } from '../storage-unavailable.ts';
import type { DataDirectory } from './data-directory.ts';
import { findPostmaster } from './postmaster-pid.ts';
import { identifyProcess } from './process-identity.ts';
import { waitUntil } from './wait-until.ts';

function signal(pid: number, name: 'SIGCONT' | 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/** Whether the process ended in time. Its pid file goes a moment before it does, and says nothing. */
async function untilEnded(pid: number, { cluster }: DataDirectory): Promise<boolean> {
  const runs = async (): Promise<boolean> => (await identifyProcess(pid))?.commandLine.includes(cluster) === true;
  const ended = await waitUntil(async () => ((await runs()) ? undefined : true), { timeoutMs: 30_000, everyMs: 10 });
  return ended === true;
}

/**
 * Stops the server on a data directory, if there is one: fast shutdown (running transactions are rolled back), then,
 * when that takes over 30 s, immediate shutdown (the next start recovers).
 * @throws Error when it survives both.
 */
export async function stopPostmaster(directory: DataDirectory): Promise<void> {
  for (const name of ['SIGINT', 'SIGQUIT'] as const) {
    const running = await findPostmaster(directory);
    if (running === undefined) return;
    signal(running.pid, name);
    // One that was suspended hears nothing until it runs again.
    signal(running.pid, 'SIGCONT');
    if (await untilEnded(running.pid, directory)) return;
  }
  throw new Error(`the PostgreSQL server on ${directory.cluster} does not stop`);
}
