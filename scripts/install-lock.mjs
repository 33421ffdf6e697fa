import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 2_000;
/** A holder on another machine (a shared folder, a container) cannot be asked whether it lives: silence decides. */
const SILENT_MS = 30_000;
const POLL_MS = 150;

/**
 * Runs `work` while holding the lock file, so that two starts never install into one folder at once. The lock of a
 * process that died is taken over.
 * @template T
 * @param {string} path the lock file; its folder is created
 * @param {{ onWait: (holder: string) => void }} options `onWait` is called once, when another process holds the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withInstallLock(path, { onWait }, work) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  for (let waited = false; !tryCreate(path, mine); waited = true) {
    if (isAbandoned(path)) {
      discard(path);
      continue;
    }
    if (!waited) onWait(readHolder(path)?.pid?.toString() ?? 'unknown');
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (readText(path) === mine) rmSync(path, { force: true });
  }
}

/**
 * @param {string} path
 * @param {string} content
 */
function tryCreate(path, content) {
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} path */
function isAbandoned(path) {
  const holder = readHolder(path);
  if (holder?.host === hostname() && holder.pid !== undefined && !isAlive(holder.pid)) return true;
  try {
    return Date.now() - statSync(path).mtimeMs > SILENT_MS;
  } catch {
    // Released in between: not abandoned, the next attempt will get it.
    return false;
  }
}

/**
 * Renaming first lets only one of several waiters remove a dead lock; a plain delete could remove a lock just taken.
 * @param {string} path
 */
function discard(path) {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @param {string} path */
function touch(path) {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch (error) {
    // The whole of node_modules may be replaced while we hold the lock; the stamp still decides who is done.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * @param {string} path
 * @returns {{ pid?: number, host?: string } | undefined}
 */
function readHolder(path) {
  try {
    return JSON.parse(readText(path) ?? '');
  } catch {
    // Being written at this moment: nothing is known about the holder yet.
    return undefined;
  }
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Released in between.
    return undefined;
  }
}

/** @param {unknown} error */
const codeOf = (error) => (error instanceof Error && 'code' in error ? error.code : undefined);
