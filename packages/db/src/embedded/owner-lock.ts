import { open, rm } from 'node:fs/promises';
import { errorCode } from '../storage-unavailable.ts';
import { type DataDirectory, readIfExists, writeAtomically } from './data-directory.ts';
import { identifyProcess } from './process-identity.ts';
import { waitUntil } from './wait-until.ts';

/** Another live process owns the data directory. */
export class DataDirectoryInUse extends Error {
  readonly code = 'data-directory-in-use';
  readonly pid: number;
  constructor(directory: string, pid: number) {
    super(
      `${directory} is in use by process ${pid}. Stop that process first, give this one another data directory, or let both share a server through DATABASE_URL.`,
    );
    this.name = 'DataDirectoryInUse';
    this.pid = pid;
  }
}

type Owner = { pid: number; startedAt: string };

function parseOwner(text: string | undefined): Owner | undefined {
  const [pid, ...startedAt] = (text ?? '').split(' ');
  return pid === undefined || !/^\d+$/.test(pid) ? undefined : { pid: Number(pid), startedAt: startedAt.join(' ') };
}

/** The live process that a lock file names; one that ended, or whose number now belongs to another process, is none. */
async function liveOwner(path: string): Promise<Owner | undefined> {
  const owner = parseOwner(await readIfExists(path));
  if (owner === undefined) return undefined;
  const identity = await identifyProcess(owner.pid);
  return identity?.startedAt === owner.startedAt ? owner : undefined;
}

/** Whether this call created the file. */
async function create(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(text);
    await file.close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

const TAKEOVER_WAIT_MS = 2_000;

/**
 * Makes this process the owner of a data directory until `release`. A lock left by a process that ended is taken over;
 * a second file decides between several that try at once.
 * @throws DataDirectoryInUse when the owner is alive, this very process included.
 */
export async function acquireOwnerLock(directory: DataDirectory): Promise<{ release(): Promise<void> }> {
  const self = await identifyProcess(process.pid);
  const text = `${process.pid} ${self?.startedAt ?? ''}`;
  const turnstile = `${directory.lock}.takeover`;
  const entered = await waitUntil(
    async () => {
      if (await create(turnstile, text)) return true;
      // Its holder died between two file operations: rare enough to remove without further ceremony.
      if ((await liveOwner(turnstile)) === undefined) await rm(turnstile, { force: true });
      return undefined;
    },
    { timeoutMs: TAKEOVER_WAIT_MS, everyMs: 20 },
  );
  try {
    const owner = await liveOwner(directory.lock);
    if (owner !== undefined) throw new DataDirectoryInUse(directory.root, owner.pid);
    if (entered === undefined) throw new Error(`${turnstile} stays in the way; remove it`);
    await writeAtomically(directory.lock, text);
  } finally {
    if (entered) await rm(turnstile, { force: true });
  }
  return {
    async release() {
      if ((await readIfExists(directory.lock)) === text) await rm(directory.lock, { force: true });
    },
  };
}
