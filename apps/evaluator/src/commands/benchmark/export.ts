import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CASE_FORMATS, type CaseFormat, parseBenchmarkReference, referenceText } from '@pointsman/benchmark';
import { type Command, Option } from 'commander';
import { loadCases, loadVersion } from '../../benchmarks/load-benchmark.ts';
import type { CommandContext } from '../../command-context.ts';

type Write = NonNullable<CaseFormat['write']>;

const WRITERS: ReadonlyMap<string, Write> = new Map(
  Object.entries<CaseFormat>(CASE_FORMATS).flatMap(([name, { write }]) => (write === undefined ? [] : [[name, write]])),
);

export function addExport(benchmark: Command, { terminal, withStorage, show }: CommandContext): void {
  benchmark
    .command('export <name>')
    .description('Write the cases of a version (name@2; the latest without @) into a file')
    .addOption(new Option('--format <format>', 'of the file').choices([...WRITERS.keys()]).makeOptionMandatory())
    .requiredOption('--out <file>', 'the file; one that exists is replaced')
    .action(async (name: string, { format, out }: { format: string; out: string }) => {
      const reference = parseBenchmarkReference(name);
      const { version, cases } = await withStorage(async ({ repositories: { benchmarks } }) => {
        const found = await loadVersion(benchmarks, reference, terminal.now);
        return { version: found.version, cases: await loadCases(benchmarks, found.version) };
      });
      const write = WRITERS.get(format);
      if (write === undefined) throw new Error(`no format ${format}`);
      await writeFile(resolve(terminal.directory, out), write(cases));
      const written = { benchmark: referenceText(version), hash: version.hash, cases: cases.length, out };
      show(written, () => `Wrote the ${cases.length} cases of ${written.benchmark} to ${out}.`);
    });
}
