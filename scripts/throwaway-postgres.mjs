import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from './repository-root.mjs';

/**
 * A PostgreSQL for one verification, started by packages/db's own supervisor in a folder that goes with it.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function throwawayPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'pointsman-verify-db-'));
  // As root PostgreSQL runs as a user of its own, who must be able to enter.
  chmodSync(folder, 0o711);
  // By path: scripts/ is not a workspace package and resolves none of them by name.
  const { startEmbeddedPostgres } = await import(join(repositoryRoot, 'packages', 'db', 'src', 'index.ts'));
  const { url, stop } = await startEmbeddedPostgres({ dataDir: join(folder, 'data') });
  return {
    url,
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
