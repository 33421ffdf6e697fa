import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateCases, importCases, readJsonl, starterFolder } from '@pointsman/benchmark';
import type { BenchmarkCase } from '@pointsman/contracts';

/** With the 420 written cases, 4,200. */
const GENERATED = { count: 3780, seed: 1 };

/**
 * The cases of the shipped starter benchmark, always the same in the same order: the written ones, then generated ones.
 * @throws {Error} naming the first bad line of a file that ships: a mistake of ours.
 */
export async function starterCases(): Promise<BenchmarkCase[]> {
  const folder = starterFolder();
  const files = (await readdir(folder)).filter((file) => file.endsWith('.jsonl')).toSorted();
  const imported = await importCases(readAll(folder, files), { onBad: 'refuse' });
  if (imported.kind === 'imported') return [...imported.cases, ...generateCases(GENERATED)];
  const [first] = imported.bad;
  throw new Error(
    `the starter benchmark is damaged: ${first === undefined ? imported.reason : `${first.place} ${first.reason}`}`,
  );
}

async function* readAll(folder: string, files: readonly string[]) {
  for (const file of files) yield* readJsonl(await readFile(join(folder, file)), { file, defaults: {} });
}
