import { chmod, mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { errorCode } from '../storage-unavailable.ts';

/** Where things lie inside the directory that belongs to one embedded server. */
export type DataDirectory = {
  root: string;
  /** PostgreSQL's own directory. It exists only once it is complete. */
  cluster: string;
  /** The superuser's password, for this system user's eyes only. */
  password: string;
  port: string;
  lock: string;
  log: string;
};

/** The layout inside `root`, which must be a real path: two names of one directory must not look like two. */
export function layOut(root: string): DataDirectory {
  const inside = (name: string): string => `${root}/${name}`;
  return {
    root,
    cluster: inside('cluster'),
    password: inside('password'),
    port: inside('port'),
    lock: inside('lock'),
    log: inside('postgres.log'),
  };
}

/** Makes the directory where needed. Others may pass through it (PostgreSQL may run as another user), not list it. */
export async function openDataDirectory(dataDir: string): Promise<DataDirectory> {
  await mkdir(dataDir, { recursive: true });
  const root = await realpath(dataDir);
  await chmod(root, 0o711);
  return layOut(root);
}

/** A file's text without surrounding white space; undefined when there is no such file. */
export async function readIfExists(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file whole or not at all. */
export async function writeAtomically(path: string, text: string, mode = 0o600): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, text, { mode });
  await rename(unfinished, path);
}
