import './require-node-20.mjs';
import { ensureDashboard } from './build-dashboard.mjs';
import { ensureInstalled } from './install.mjs';
import { launch } from './launch.mjs';
import { repositoryRoot } from './repository-root.mjs';

// npm start: everything the gateway needs, then the gateway itself. Said on stderr, so that stdout is the gateway's.
try {
  const say = (/** @type {string} */ line) => process.stderr.write(`${line}\n`);
  const node = await ensureInstalled(repositoryRoot, say);
  await ensureDashboard(repositoryRoot, { node, say });
  const args = process.argv.slice(2);
  // V8 would rather keep a hundred megabytes of dead objects than collect them; these cost no CPU worth the name
  // (docs/decisions/0015-memory.md).
  const nodeArgs = ['--max-semi-space-size=16', '--heap-growing-percent=50'];
  process.exitCode = await launch({ root: repositoryRoot, node, nodeArgs, file: 'apps/gateway/src/main.ts', args });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
