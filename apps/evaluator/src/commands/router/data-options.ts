import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fraction, positiveInteger } from '../../option-values.ts';

/** What `train` and `evaluate` are told about rows. */
export type DataOptions = { data: string[]; holdout?: number; seed?: number };

export function addDataOptions(command: Command): Command {
  return command
    .requiredOption('--data <jsonl...>', '.jsonl or .jsonl.gz files of scored replies')
    .option('--holdout <share>', 'share held out among rows without a split of their own (default: 0.15)', fraction)
    .option('--seed <n>', 'same data, options and seed: same result', positiveInteger);
}

export const filesOf = (data: readonly string[], directory: string): string[] =>
  data.map((file) => resolve(directory, file));
