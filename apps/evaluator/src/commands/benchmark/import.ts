import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import {
  CASE_FORMAT_NAMES,
  CASE_FORMATS,
  type CaseFormatName,
  type Import,
  importCases,
  parseBenchmarkReference,
  putCases,
} from '@pointsman/benchmark';
import { type BenchmarkCase, DIFFICULTIES, DOMAINS, TASKS } from '@pointsman/contracts';
import { type Command, Option } from 'commander';
import { changeDraft } from '../../benchmarks/change-draft.ts';
import { countChanges } from '../../benchmarks/print-changes.ts';
import { problemLines } from '../../benchmarks/problem-lines.ts';
import type { CommandContext } from '../../command-context.ts';
import { namedText } from '../../option-values.ts';

type Defaults = Partial<Pick<BenchmarkCase, 'domain' | 'task' | 'language' | 'difficulty' | 'licence'>>;
type ImportFlags = Defaults & {
  format: CaseFormatName;
  name: string;
  author: string;
  reason: string;
  skipBad?: boolean;
  map?: Record<string, string>;
};

export function addImport(benchmark: Command, { terminal, withStorage, show }: CommandContext): void {
  benchmark
    .command('import <file>')
    .description('Take cases from a file into the draft of a benchmark; one bad row, and nothing is taken')
    .addOption(new Option('--format <format>', 'what the file is').choices(CASE_FORMAT_NAMES).makeOptionMandatory())
    .requiredOption('--name <benchmark>', 'the benchmark; one that does not exist begins as a draft')
    .requiredOption('--author <name>', 'who adds them')
    .requiredOption('--reason <text>', 'why; kept with every change')
    .option('--skip-bad', 'leave out bad rows and take the rest')
    .addOption(new Option('--domain <domain>', 'of cases that do not say theirs').choices(DOMAINS))
    .addOption(new Option('--task <task>', 'of cases that do not say theirs').choices(TASKS))
    .option('--language <tag>', 'of cases that do not say theirs, such as en or fr')
    .addOption(new Option('--difficulty <level>', 'of cases that do not say theirs').choices(DIFFICULTIES))
    .option('--licence <id>', 'of cases that do not say theirs: an SPDX identifier, or proprietary')
    .option('--map <theirs=ours>', 'columns: question=prompt,answer=reference', namedText)
    .action(async (file: string, { name: text, author, reason, ...flags }: ImportFlags) => {
      const { name } = parseBenchmarkReference(text);
      const imported = await readCases(file, name, flags, terminal.directory);
      terminal.writeError(problemLines(imported));
      if (imported.kind === 'refused') throw new Error(`${file}: ${imported.reason}.`);
      const signature = { author, reason, at: new Date(terminal.now()).toISOString() };
      const changed = await withStorage(({ repositories: { benchmarks } }) =>
        changeDraft(benchmarks, text, terminal.now, ({ draft }) => putCases(draft, imported.cases, signature)),
      );
      const { bad, cases } = imported;
      show(
        { name, read: cases.length, bad, changes: changed.changes },
        () =>
          `Read ${cases.length} cases${bad.length === 0 ? '' : `, left out ${bad.length} bad rows`}. The draft of ${name}: ${countChanges(changed.changes)}.`,
      );
    });
}

type ReadFlags = Defaults & Pick<ImportFlags, 'format' | 'skipBad' | 'map'>;

async function readCases(file: string, name: string, flags: ReadFlags, directory: string): Promise<Import> {
  const { format, skipBad, map, ...defaults } = flags;
  const path = resolve(directory, file);
  const rows = CASE_FORMATS[format].read(await readFile(path), {
    file,
    defaults,
    map,
    idPrefix: name,
    open: (beside) => readBeside(path, beside),
  });
  return importCases(rows, { onBad: skipBad === true ? 'skip' : 'refuse' });
}

async function readBeside(path: string, beside: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(resolve(dirname(path), beside));
  } catch {
    // Missing or unreadable: the row that needs it says so.
    return undefined;
  }
}
