import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts files into a folder, or nothing: `write` gets a folder of its own, and what it put there moves to `dir` when it has
 * succeeded, in the order of `names`. A reader that comes between two moves sees a checksum that does not fit, as long as
 * the file with the checksums is named last.
 */
export async function replaceFiles(
  dir: string,
  names: readonly string[],
  write: (staging: string) => Promise<void>,
): Promise<void> {
  const created = await mkdir(dir, { recursive: true });
  const staging = await mkdtemp(join(dir, '.incoming-'));
  try {
    await write(staging);
    for (const name of names) await rename(join(staging, name), join(dir, name));
  } catch (error) {
    if (created !== undefined) await rm(created, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
