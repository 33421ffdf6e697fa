import { errorCode } from '../storage-unavailable.ts';
import type { DataDirectory } from './data-directory.ts';
import { findPostmaster } from './postmaster-pid.ts';
import { waitUntil } from './wait-until.ts';

function signal(pid: number, name: 'SIGCONT' | 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
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
    const gone = await waitUntil(async () => ((await findPostmaster(directory)) === undefined ? true : undefined), {
      timeoutMs: 30_000,
      everyMs: 10,
    });
    if (gone) return;
  }
  throw new Error(`the PostgreSQL server on ${directory.cluster} does not stop`);
}
