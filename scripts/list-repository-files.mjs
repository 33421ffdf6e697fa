import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ path: string, text: string }} RepositoryFile `path` is relative to the root, with `/` */

/**
 * Paths that git tracks or would track (new files that no ignore rule names), sorted, without those deleted on disk.
 * @param {string} root
 * @returns {string[]}
 */
export function listRepositoryPaths(root) {
  const listed = execFileSync(
    'git',
    // A clone made by another user (CI as root) must not end in "dubious ownership".
    ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const paths = [...new Set(listed.split('\0'))].filter((path) => path !== '').sort();
  return paths.filter((path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile());
}

/**
 * The repository's text files; those with a NUL byte are taken as binary and left out.
 * @param {string} root
 * @returns {RepositoryFile[]}
 */
export function readRepositoryFiles(root) {
  return listRepositoryPaths(root)
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}
