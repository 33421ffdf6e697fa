import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { generateCases, writeJsonl } from '@pointsman/benchmark';
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { positiveInteger } from '../../option-values.ts';

type GenerateFlags = { count: number; seed: number; out: string };

export function addGenerate(benchmark: Command, { terminal, show }: CommandContext): void {
  benchmark
    .command('generate')
    .description('Write cases whose right answer is computed into a file, for import')
    .requiredOption('--count <n>', 'so many, spread over domains, tasks, languages and difficulties', positiveInteger)
    .requiredOption('--seed <n>', 'same count and seed: same cases', wholeNumber)
    .requiredOption('--out <jsonl>', 'the file; one that exists is replaced')
    .action(async ({ count, seed, out }: GenerateFlags) => {
      await writeFile(resolve(terminal.directory, out), writeJsonl(generateCases({ count, seed })));
      show({ count, seed, out }, () => `Wrote ${count} cases to ${out}.`);
    });
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Use a whole number from 0.');
  return Number(text);
}
