import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAMP = join('node_modules', '.pointsman-install');

/** @typedef {{ hash: string, node: string }} Stamp `node`: path of the Node to run with, relative to the root, or `host` */

/**
 * A digest of everything that decides what an install would produce: lockfile, workspace settings, all manifests, machine.
 * @param {string} root
 * @returns {string} hexadecimal SHA-256
 */
export function wantedInstall(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const path of installInputs(root)) hash.update(`${path}\n`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/** @param {string} root */
function installInputs(root) {
  const manifests = ['apps', 'packages'].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .sort()
          .map((name) => join(folder, name, 'package.json'))
      : [],
  );
  return ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests].filter((path) =>
    existsSync(join(root, path)),
  );
}

/**
 * What the last finished install left behind; undefined when there was none or its note is unreadable.
 * @param {string} root
 * @returns {Stamp | undefined}
 */
export function readStamp(root) {
  try {
    const stamp = JSON.parse(readFileSync(join(root, STAMP), 'utf8'));
    return typeof stamp.hash === 'string' && typeof stamp.node === 'string' ? stamp : undefined;
  } catch {
    // Missing or half-written: either way the next step is to install.
    return undefined;
  }
}

/**
 * @param {string} root
 * @param {Stamp} stamp
 */
export function writeStamp(root, stamp) {
  writeFileSync(join(root, STAMP), `${JSON.stringify(stamp)}\n`);
}
