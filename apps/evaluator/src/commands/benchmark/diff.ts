import {
  diffVersions,
  type FieldChange,
  parseBenchmarkReference,
  type VersionDiff,
  verifyCases,
} from '@pointsman/benchmark';
import type { BenchmarkVersion } from '@pointsman/contracts';
import type { Command } from 'commander';
import { type Benchmarks, loadVersion } from '../../benchmarks/load-benchmark.ts';
import type { CommandContext } from '../../command-context.ts';

const LONGEST_VALUE = 120;

export function addDiff(benchmark: Command, { terminal, withStorage, show }: CommandContext): void {
  benchmark
    .command('diff <from> <to>')
    .description('Show what was added, retired and changed between two versions: name@1 name@2')
    .action(async (from: string, to: string) => {
      const references = [parseBenchmarkReference(from), parseBenchmarkReference(to)] as const;
      const diff = await withStorage(async ({ repositories: { benchmarks } }) => {
        const a = (await loadVersion(benchmarks, references[0], terminal.now)).version;
        const b = (await loadVersion(benchmarks, references[1], terminal.now)).version;
        return diffVersions(a, b, await caseFinder(benchmarks, [a, b]));
      });
      show(diff, () => printDiff(diff));
    });
}

async function caseFinder(benchmarks: Benchmarks, versions: readonly BenchmarkVersion[]) {
  const stored = await benchmarks.cases([...new Set(versions.flatMap(({ cases }) => cases.map(({ hash }) => hash)))]);
  const known = new Map(
    versions.flatMap((version) =>
      verifyCases(version, stored).map((one, index) => [version.cases[index]?.hash ?? '', one] as const),
    ),
  );
  return (hash: string) => {
    const found = known.get(hash);
    if (found === undefined) throw new Error(`no case has the hash ${hash}`);
    return found;
  };
}

function printDiff({ added, retired, changed, unchanged }: VersionDiff): string {
  const lines = [
    ...added.map(({ id, domain, task }) => `+ ${id} (${domain}, ${task})`),
    ...retired.map(({ id, domain, task }) => `- ${id} (${domain}, ${task})`),
    ...changed.flatMap(({ id, fields }) => [`~ ${id}`, ...fields.map(printField)]),
    `${added.length} added, ${retired.length} retired, ${changed.length} changed, ${unchanged} as they were`,
  ];
  return lines.join('\n');
}

const printField = ({ path, before, after }: FieldChange): string =>
  `    ${path}: ${valueText(before)} -> ${valueText(after)}`;

function valueText(value: unknown): string {
  const json = value === undefined ? 'nothing' : JSON.stringify(value);
  return json.length <= LONGEST_VALUE ? json : `${json.slice(0, LONGEST_VALUE)}...`;
}
