import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dimension } from '@pointsman/contracts';
import { parseRubrics, type RubricSet } from './rubric-set.ts';

/** The folder of the rubrics that ship with this package, wherever it runs from. */
export function shippedRubricsDir(): string {
  // From source this file is src/rubrics/*.ts, built it is dist/src/rubrics/*.js: one folder deeper.
  const up = import.meta.url.endsWith('.ts') ? '../../rubrics' : '../../../rubrics';
  return fileURLToPath(new URL(up, import.meta.url));
}

/**
 * Reads the rubrics of a folder, the package's own by default: the newest version of each dimension, or the one named.
 *
 * @throws Error when the folder cannot be read or a rubric in it cannot be used, with every problem.
 */
export async function readRubrics(
  dir: string = shippedRubricsDir(),
  versions: Readonly<Partial<Record<Dimension, number>>> = {},
): Promise<RubricSet> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json')).sort();
  const files = names.map(async (name) => ({ file: join(dir, name), text: await readFile(join(dir, name), 'utf8') }));
  return parseRubrics(await Promise.all(files), versions);
}
