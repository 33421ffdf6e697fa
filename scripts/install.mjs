import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainInstallFailure, isNetworkFailure } from './explain-install-failure.mjs';
import { findNode, HOST_NODE, requireRecentHost } from './find-node.mjs';
import { withInstallLock } from './install-lock.mjs';
import { readStamp, wantedInstall, writeStamp } from './wanted-install.mjs';

/** @typedef {(line: string) => void} Say */

/**
 * Makes sure that node_modules is what the lockfile asks for, and names the Node to run with. Does nothing but compare
 * a digest when the last install was for the same lockfile and manifests.
 * @param {string} root
 * @param {Say} say one line for people at a time; never called when there is nothing to do
 * @returns {Promise<string>} absolute path of a Node >= 22.19
 * @throws {Error} with the installer's output and what to try
 */
export async function ensureInstalled(root, say) {
  const ready = installedNode(root);
  if (ready !== undefined) return ready;
  const lock = join(root, 'node_modules', '.pointsman-install.lock');
  return withInstallLock(
    lock,
    { onWait: (pid) => say(`Another start is installing (process ${pid}): waiting.`) },
    async () => {
      const meanwhile = installedNode(root);
      if (meanwhile !== undefined) return meanwhile;
      // Taken before the install: an edit made during it must lead to another one.
      const hash = wantedInstall(root);
      if (!(await install(root, say))) return absolute(root, findNode(root));
      const node = findNode(root);
      writeStamp(root, { hash, node });
      return absolute(root, node);
    },
  );
}

/**
 * @param {string} root
 * @returns {string | undefined}
 */
function installedNode(root) {
  const stamp = readStamp(root);
  if (stamp === undefined || stamp.hash !== wantedInstall(root)) return undefined;
  if (stamp.node === HOST_NODE) requireRecentHost(process.versions.node);
  const node = absolute(root, stamp.node);
  return existsSync(node) ? node : undefined;
}

/**
 * @param {string} root
 * @param {string} node
 */
const absolute = (root, node) => (node === HOST_NODE ? process.execPath : join(root, node));

/**
 * @param {string} root
 * @param {Say} say
 * @returns {Promise<boolean>} false: not brought up to date, but an earlier install is there to run with
 */
async function install(root, say) {
  const hadModules = existsSync(join(root, 'node_modules', '.modules.yaml'));
  say(hadModules ? 'Updating dependencies ...' : 'Installing dependencies: about a minute, the first time only ...');
  const startedAt = performance.now();
  let result = await runPnpm(root, ['install', '--frozen-lockfile']);
  if (result.code !== 0 && isNetworkFailure(result.output)) {
    result = await runPnpm(root, ['install', '--frozen-lockfile', '--offline']);
    if (result.code !== 0 && hadModules) {
      say('The package registry cannot be reached: going on with the dependencies of the last install.');
      return false;
    }
  }
  if (result.code !== 0) throw new Error(explainInstallFailure(result.output));
  say(`Dependencies are ready (${((performance.now() - startedAt) / 1000).toFixed(1)} s).`);
  return true;
}

/**
 * @param {string} root
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function runPnpm(root, args) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const pnpm = String(packageManager).split('+')[0] ?? 'pnpm';
  return new Promise((resolve) => {
    const child = spawn('npx', ['--yes', '--prefer-offline', pnpm, ...args], {
      cwd: root,
      env: { ...process.env, ...INSTALL_ENVIRONMENT },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => resolve({ code: null, output: `npx could not be run: ${error.message}` }));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(output).toString('utf8') }));
  });
}

const INSTALL_ENVIRONMENT = {
  // Without a terminal pnpm refuses to replace a half-made node_modules unless it believes to be in CI.
  CI: 'true',
  // "production" would leave out the development tools that `npm test` needs.
  NODE_ENV: 'development',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
  // Three attempts with long pauses make an offline start look like a hang.
  npm_config_fetch_retries: '1',
  npm_config_fetch_retry_mintimeout: '1000',
};
