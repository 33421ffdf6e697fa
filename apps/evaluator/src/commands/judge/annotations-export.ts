import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DIMENSIONS, type Dimension } from '@pointsman/contracts';
import { readRubrics } from '@pointsman/judge';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { ratingSheet, sheetCsv } from '../../judging/rating-sheet.ts';
import { runReplies } from '../../judging/run-replies.ts';
import { dimensionNames, positiveInteger } from '../../option-values.ts';
import { findRun } from '../eval/find-run.ts';

type ExportOptions = { out: string; sample: number; seed?: string; dimensions?: Dimension[] };

export function addAnnotationsExport(annotations: Command, { terminal, withStorage, show }: CommandContext): void {
  annotations
    .command('export <run>')
    .description('Write a random sample of a run’s replies as a sheet to rate, without saying who wrote them')
    .requiredOption('--out <file>', 'the sheet: FILE.csv and FILE.jsonl, and FILE.key.json, which is not for raters')
    .requiredOption('--sample <n>', 'how many replies', positiveInteger)
    .option('--seed <text>', 'of the drawing (default: the run’s id)')
    .option('--dimensions <names>', 'what to rate, separated by commas (default: all six)', dimensionNames)
    .action(async (id: string, { out, sample, seed, dimensions }: ExportOptions) => {
      const base = resolve(terminal.directory, out.replace(/\.(csv|jsonl)$/, ''));
      const { rows, key } = await withStorage(async ({ repositories }) => {
        const run = await findRun(repositories, id);
        const { replies } = await runReplies(run, repositories, terminal.now);
        const options = { runId: run.id, sample, seed: seed ?? run.id, dimensions: dimensions ?? DIMENSIONS };
        return ratingSheet(replies, { ...options, rubrics: await readRubrics() });
      });
      await writeFile(`${base}.csv`, sheetCsv(rows));
      await writeFile(`${base}.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      await writeFile(`${base}.key.json`, `${JSON.stringify(key, null, 2)}\n`);
      const replies = Object.keys(key.rows).length;
      show(
        { sheet: `${base}.csv`, key: `${base}.key.json`, replies, rows: rows.length },
        () =>
          `${replies} replies, ${rows.length} rows to rate, in ${base}.csv and ${base}.jsonl.\nKeep ${base}.key.json from raters; then: pointsman judge annotations import ${out} --key ${base}.key.json --rater NAME --source TEXT`,
      );
    });
}
