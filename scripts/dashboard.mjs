import './require-node-20.mjs';
import { ensureDashboard } from './build-dashboard.mjs';
import { ensureInstalled } from './install.mjs';
import { repositoryRoot } from './repository-root.mjs';

// npm run build:dashboard: the dashboard's pages, unless they are what the sources say. `npm start` and `npm test` do it too.
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
try {
  await ensureDashboard(repositoryRoot, { node: await ensureInstalled(repositoryRoot, say), say });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
