import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SCORE_FORMAT_NAMES, SCORE_FORMATS, type ScoreFormatName, writeScoredOutputs } from '@pointsman/benchmark';
import { type Command, Option } from 'commander';
import { problemLines } from '../../benchmarks/problem-lines.ts';
import type { CommandContext } from '../../command-context.ts';

type ScoresFlags = { format: ScoreFormatName; out: string; model?: string; skipBad?: boolean };

export function addScores(benchmark: Command, { terminal, show }: CommandContext): void {
  benchmark
    .command('scores <file>')
    .description('Turn the scores of another tool into scored outputs, which router train reads')
    .addOption(new Option('--format <format>', 'what the file is').choices(SCORE_FORMAT_NAMES).makeOptionMandatory())
    .requiredOption('--out <file>', 'JSONL of prompt, model and scores; one that exists is replaced')
    .option('--model <name>', 'who replied, where the file does not say')
    .option('--skip-bad', 'leave out bad rows and take the rest')
    .action(async (file: string, { format, out, model, skipBad }: ScoresFlags) => {
      const content = await readFile(resolve(terminal.directory, file));
      const rows = [...SCORE_FORMATS[format].read(content, { file, model })];
      const outputs = rows.flatMap((row) => (row.ok ? [row.value] : []));
      const bad = rows.flatMap((row) => (row.ok ? [] : [row]));
      terminal.writeError(problemLines({ bad, warnings: [] }));
      if (outputs.length === 0) throw new Error(`${file} holds no scored output.`);
      if (bad.length > 0 && skipBad !== true)
        throw new Error(
          `${file}: ${bad.length} rows are bad, so nothing was written: mend them, or leave them out (--skip-bad).`,
        );
      await writeFile(resolve(terminal.directory, out), writeScoredOutputs(outputs));
      show({ written: outputs.length, bad, out }, () => `Wrote ${outputs.length} scored outputs to ${out}.`);
    });
}
