import type { BenchmarkSummary } from '@pointsman/db';
import type { Command } from 'commander';
import { publishStarter } from '../../benchmarks/load-benchmark.ts';
import type { CommandContext } from '../../command-context.ts';
import { printTable } from '../../output/print-table.ts';

export function addList(benchmark: Command, { terminal, withStorage, show }: CommandContext): void {
  benchmark
    .command('list')
    .description('List benchmarks with their latest version')
    .action(async () => {
      const all = await withStorage(async ({ repositories: { benchmarks } }) => {
        await publishStarter(benchmarks, terminal.now);
        return benchmarks.list();
      });
      show(all, () => printBenchmarks(all));
    });
}

const printBenchmarks = (all: readonly BenchmarkSummary[]): string =>
  printTable(
    all,
    [
      { title: 'NAME', value: ({ name }) => name },
      { title: 'VERSION', value: ({ latest }) => latest?.version, align: 'right' },
      { title: 'CASES', value: ({ latest }) => latest?.cases, align: 'right' },
      { title: 'PUBLISHED', value: ({ latest }) => latest?.publishedAt },
      { title: 'BY', value: ({ latest }) => latest?.publishedBy },
      { title: 'HASH', value: ({ latest }) => latest?.hash.slice(0, 12) },
      { title: 'DRAFT', value: ({ hasDraft }) => (hasDraft ? 'yes' : '') },
    ],
    'There are none.',
  );
