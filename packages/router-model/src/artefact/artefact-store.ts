import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MANIFEST_FILE, type Manifest, readManifest } from './manifest.ts';
import { ENCODER_FOLDER, readTrainedOn } from './read-artefact.ts';
import { writeManifest } from './write-artefact.ts';

/** An artefact in its folder. */
export type StoredArtefact = { artefactDir: string; manifest: Manifest };

const INCOMING = '.incoming-';

/**
 * Copies an artefact to `<storeDir>/<version>`, where it stays whatever becomes of the folder it was trained in. The copy
 * is loaded once, hashes and self-check, before it gets its name. One that is there already and sound only takes over the
 * manifest. Throws, saying why, when the artefact cannot be served.
 */
export async function storeArtefact(dir: string, storeDir: string): Promise<StoredArtefact> {
  const manifest = await readManifest(dir);
  const artefactDir = resolve(storeDir, manifest.version);
  if (resolve(dir) === artefactDir) {
    await checkArtefact(dir);
    return { artefactDir, manifest };
  }
  if (await isSound(artefactDir)) {
    await checkArtefact(dir);
    await writeManifest(artefactDir, manifest);
    return { artefactDir, manifest };
  }
  await mkdir(storeDir, { recursive: true });
  const incoming = await mkdtemp(join(storeDir, INCOMING));
  try {
    const parts = [MANIFEST_FILE, ...Object.values(manifest.files).map(({ file }) => file)];
    if (manifest.encoder !== undefined) parts.push(ENCODER_FOLDER);
    for (const part of parts) await cp(join(dir, part), join(incoming, part), { recursive: true });
    await checkArtefact(incoming);
    // Temporary folders are their owner's alone; gateways may run under another account.
    await chmod(incoming, 0o755);
    await rm(artefactDir, { recursive: true, force: true });
    await rename(incoming, artefactDir);
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
  return { artefactDir, manifest };
}

/** Loads an artefact as a gateway would; throws when it cannot be served, or not everything it lists is there. */
async function checkArtefact(dir: string): Promise<void> {
  await readTrainedOn(dir, await readManifest(dir));
  // Only here on demand: the runtime takes longer to load than most commands to run.
  const { openRouterSession } = await import('../serving/router-session.ts');
  await (await openRouterSession(dir)).release();
}

async function isSound(dir: string): Promise<boolean> {
  try {
    await checkArtefact(dir);
    return true;
  } catch {
    return false;
  }
}

/** A folder of the store: an artefact, or why it is none. */
export type StoreEntry = { artefactDir: string } & ({ manifest: Manifest } | { problem: string });

/** What the store holds, by version; empty when there is no store yet. */
export async function listArtefacts(storeDir: string): Promise<StoreEntry[]> {
  const folders = await foldersIn(storeDir);
  return Promise.all(
    folders.map(async (name): Promise<StoreEntry> => {
      const artefactDir = resolve(storeDir, name);
      try {
        return { artefactDir, manifest: await readManifest(artefactDir) };
      } catch (error) {
        return { artefactDir, problem: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}

async function foldersIn(storeDir: string): Promise<string[]> {
  try {
    const entries = await readdir(storeDir, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(INCOMING))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
