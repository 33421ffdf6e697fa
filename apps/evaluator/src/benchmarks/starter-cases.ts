import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importCases, readJsonl, starterFolder } from '@pointsman/benchmark';
import type { BenchmarkCase } from '@pointsman/contracts';

/**
 * The cases of the shipped starter benchmark, always in the same order; none when the folder is empty.
 * @throws {Error} naming the first bad line of a file that ships: a mistake of ours.
 */
export async function starterCases(folder: string = starterFolder()): Promise<BenchmarkCase[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.jsonl')).toSorted();
  if (files.length === 0) return [];
  const imported = await importCases(readAll(folder, files), { onBad: 'refuse' });
  if (imported.kind === 'imported') return imported.cases;
  const [first] = imported.bad;
  throw new Error(
    `the starter benchmark is damaged: ${first === undefined ? imported.reason : `${first.place} ${first.reason}`}`,
  );
}

async function* readAll(folder: string, files: readonly string[]) {
  for (const file of files) yield* readJsonl(await readFile(join(folder, file)), { file, defaults: {} });
}
