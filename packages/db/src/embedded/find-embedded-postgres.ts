import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { layOut } from './data-directory.ts';
import { findPostmaster } from './postmaster-pid.ts';
import { probePostgres } from './probe-postgres.ts';
import { serverUrl } from './server-url.ts';

/**
 * The address of the embedded server that another process runs on a data directory, for commands that only visit it.
 * Undefined when none runs there or it does not answer.
 */
export async function findEmbeddedPostgres(dataDir: string): Promise<{ url: string } | undefined> {
  if (!existsSync(dataDir)) return undefined;
  const directory = layOut(await realpath(dataDir));
  const running = await findPostmaster(directory);
  if (running === undefined) return undefined;
  const url = await serverUrl(directory, running.port, 'pointsman');
  return (await probePostgres(url)).state === 'ready' ? { url } : undefined;
}
