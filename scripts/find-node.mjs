import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** undici 8 does not load below this version. */
const OLDEST_NODE = { major: 22, minor: 19 };

/** Stands in the install stamp for "the Node that runs this script". */
export const HOST_NODE = 'host';

/**
 * The Node 24 that the install brought from the package registry, relative to the root; `host` where there is none for
 * this machine (macOS, or a libc the packaged binary does not run on) and the host's own is new enough.
 * @param {string} root
 * @returns {string}
 * @throws {Error} when neither will do, saying how to get one
 */
export function findNode(root) {
  const packaged = join('node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  const path = join(root, packaged);
  if (existsSync(path) && spawnSync(path, ['--version']).status === 0) return packaged;
  requireRecentHost(process.versions.node);
  return HOST_NODE;
}

/**
 * @param {string} version the host's, `major.minor.patch`
 * @throws {Error} when it is too old to run the gateway
 */
export function requireRecentHost(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor)) return;
  throw new Error(
    `Pointsman runs on Node ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer, this is Node ${version}. On Linux (glibc, x64 or arm64) ` +
      `it brings its own Node 24; on ${process.platform} ${process.arch} please install Node 24 from https://nodejs.org ` +
      'or with fnm, nvm or mise, and run the same command again.',
  );
}
