import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeThisProcess, hasEnded, spoolOwnerSchema } from './spool-owner.ts';

const OWNER_FILE = 'owner.json';
const SEGMENT_SUFFIX = '.jsonl';
/** A process that has not shown itself for so long is taken for dead where its process id says nothing. */
const SILENCE_MS = 60_000;

/** This process's folder inside the spool directory, which many gateways may share. */
export type SpoolFolder = {
  path: string;
  /** Shows that this process lives; makes the folder anew if somebody took it for dead. */
  heartbeat(): Promise<void>;
  /**
   * Moves the segments of processes that ended into this folder and returns their paths, oldest first. A rename has one winner:
   * no two gateways ever adopt the same segment.
   */
  adopt(): Promise<string[]>;
  /** Leaves the folder to whoever starts next, or removes it when it is empty. */
  release(): Promise<void>;
};

/** Makes this process's folder in `root`; rejects when it cannot be written. */
export async function openSpoolFolder(root: string): Promise<SpoolFolder> {
  const here = await describeThisProcess();
  const path = join(root, randomUUID());
  const ownerFile = join(path, OWNER_FILE);

  // Named only when complete: a folder without an owner is one that was left.
  const make = async (): Promise<void> => {
    const draft = `${path}.new`;
    await mkdir(draft, { recursive: true });
    await writeFile(join(draft, OWNER_FILE), JSON.stringify(here));
    await rename(draft, path);
  };
  await make();

  async function isLeft(folder: string): Promise<boolean> {
    const file = join(folder, OWNER_FILE);
    const text = await readFile(file, 'utf8').catch(onlyIfMissing);
    if (text === undefined) return true;
    const owner = spoolOwnerSchema.safeParse(parse(text)).data;
    const ended = owner === undefined ? undefined : await hasEnded(owner, here);
    if (ended !== undefined) return ended;
    // Both times come from the same file system: no clock of ours is involved.
    const [theirs, ours] = await Promise.all([stat(file).catch(onlyIfMissing), stat(ownerFile).catch(onlyIfMissing)]);
    return theirs === undefined || (ours !== undefined && ours.mtimeMs - theirs.mtimeMs > SILENCE_MS);
  }

  return {
    path,
    async heartbeat() {
      const written = await writeFile(ownerFile, JSON.stringify(here), { flag: 'r+' }).then(() => true, onlyIfMissing);
      if (written !== true) await ((await exists(path)) ? writeFile(ownerFile, JSON.stringify(here)) : make());
    },
    async adopt() {
      const adopted: { path: string; name: string; at: number }[] = [];
      for (const entry of await readdir(root, { withFileTypes: true })) {
        const folder = join(root, entry.name);
        if (!entry.isDirectory() || folder === path || entry.name.endsWith('.new')) continue;
        if (!(await isLeft(folder))) continue;
        const names = (await readdir(folder).catch(onlyIfMissing)) ?? [];
        for (const name of names.filter((each) => each.endsWith(SEGMENT_SUFFIX))) {
          const moved = join(path, name);
          const mine = await rename(join(folder, name), moved).then(() => true, onlyIfMissing);
          if (mine === true) adopted.push({ path: moved, name, at: (await stat(moved)).mtimeMs });
        }
        await removeFolder(folder);
      }
      adopted.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
      return adopted.map((segment) => segment.path);
    },
    release: () => removeFolder(path),
  };
}

/** Takes the owner away, and the folder too unless it still holds segments. */
async function removeFolder(folder: string): Promise<void> {
  await rm(join(folder, OWNER_FILE), { force: true });
  await rmdir(folder).catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) throw error;
  });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** Somebody else was faster: not an error. */
export function onlyIfMissing(error: unknown): undefined {
  if (!hasCode(error, 'ENOENT')) throw error;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A process that died while showing itself: its silence decides.
    return undefined;
  }
}
