import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';

/** Sets a step's outputs; a value can hold anything, it cannot set another output. */
export async function writeOutputs(file: string | undefined, outputs: Readonly<Record<string, string>>): Promise<void> {
  if (file === undefined) return;
  // No value can contain a word that was made up after it.
  const delimiter = `end_${randomUUID()}`;
  const lines = Object.entries(outputs).map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
  await appendFile(file, lines.join(''));
}

/** GitHub refuses the whole summary of a step beyond a mebibyte. */
export const SUMMARY_BYTES = 1_048_576;

export async function writeSummary(file: string | undefined, markdown: string): Promise<void> {
  if (file !== undefined) await appendFile(file, `${markdown}\n`);
}
