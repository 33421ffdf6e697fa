import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { withInstallLock } from './install-lock.mjs';
import { runCommand } from './run-command.mjs';

const MOST_BUILD_MS = 300_000;
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'];

/**
 * Builds the dashboard's pages unless they were built from these very sources. A few seconds, the first time only.
 * @param {string} root
 * @param {{ node: string, say: (line: string) => void }} options `node`: absolute path of the Node to build with
 * @returns {Promise<void>}
 * @throws {Error} with the builder's output
 */
export async function ensureDashboard(root, { node, say }) {
  const folder = join(root, 'apps', 'dashboard');
  const stamp = join(folder, 'dist', 'web', '.built-from');
  const wanted = digestOf(folder, join(root, 'pnpm-lock.yaml'));
  const isBuilt = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isBuilt()) return;
  const lock = join(root, 'node_modules', '.pointsman-dashboard.lock');
  await withInstallLock(
    lock,
    { onWait: () => say('Another process is building the dashboard: waiting.') },
    async () => {
      if (isBuilt()) return;
      await build(folder, { node, say });
      writeFileSync(stamp, wanted);
    },
  );
}

/**
 * @param {string} folder
 * @param {{ node: string, say: (line: string) => void }} options
 */
async function build(folder, { node, say }) {
  say('Building the dashboard ...');
  const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, output } = await runCommand({
    command: node,
    args: [vite, 'build', '--logLevel', 'warn'],
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', PATH: [dirname(node), process.env.PATH ?? ''].join(delimiter) },
    show: false,
    signal: AbortSignal.timeout(MOST_BUILD_MS),
  });
  if (code !== 0) throw new Error(`The dashboard could not be built:\n${output}`);
}

/**
 * @param {string} folder
 * @param {string} lockfile
 */
function digestOf(folder, lockfile) {
  const hash = createHash('sha256').update(readFileSync(lockfile));
  for (const file of SOURCES.flatMap((name) => filesOf(folder, name)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {string[]} paths below `folder`: of every file of a folder, or the one file
 */
function filesOf(folder, name) {
  if (!statSync(join(folder, name)).isDirectory()) return [name];
  return readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
