import { parseBenchmarkReference, referenceText } from '@pointsman/benchmark';
import { type BenchmarkCase, GatewayError } from '@pointsman/contracts';
import type { Command } from 'commander';
import { loadCases, loadVersion, type PublishedVersion } from '../../benchmarks/load-benchmark.ts';
import { printCase } from '../../benchmarks/print-case.ts';
import type { CommandContext } from '../../command-context.ts';
import { printFacts } from '../../output/print-facts.ts';
import { printTable } from '../../output/print-table.ts';

export function addShow(benchmark: Command, { terminal, withStorage, show }: CommandContext): void {
  benchmark
    .command('show <name>')
    .description('Show a version (name@2; the latest without @): its cases, or one of them')
    .option('--case <id>', 'this case, whole')
    .action(async (name: string, { case: caseId }: { case?: string }) => {
      const reference = parseBenchmarkReference(name);
      const { published, cases } = await withStorage(async ({ repositories: { benchmarks } }) => {
        const found = await loadVersion(benchmarks, reference, terminal.now);
        return { published: found, cases: await loadCases(benchmarks, found.version) };
      });
      if (caseId === undefined) return show(published, () => printVersion(published, cases));
      const one = cases.find(({ id }) => id === caseId);
      if (one === undefined)
        throw new GatewayError('not_found', `${referenceText(published.version)} has no case '${caseId}'.`);
      show(one, () => printCase(one));
    });
}

function printVersion({ version, reason, review }: PublishedVersion, cases: readonly BenchmarkCase[]): string {
  const facts = printFacts({
    benchmark: referenceText(version),
    hash: version.hash,
    cases: cases.length,
    published: `${version.publishedAt} by ${version.publishedBy}`,
    reason,
    approved: review && `by ${review.by}${review.override ? ', who wrote part of it' : ''}`,
    changes: version.changes.length,
  });
  const table = printTable(
    cases,
    [
      { title: 'CASE', value: ({ id }) => id },
      { title: 'DOMAIN', value: ({ domain }) => domain },
      { title: 'TASK', value: ({ task }) => task },
      { title: 'LANGUAGE', value: ({ language }) => language },
      { title: 'DIFFICULTY', value: ({ difficulty }) => difficulty },
      { title: 'CHECKS', value: ({ checks }) => [...new Set(checks.map(({ kind }) => kind))].join(', ') },
      { title: 'REFERENCE', value: ({ reference }) => (reference === undefined ? '' : 'yes') },
    ],
    'It has no case.',
  );
  return `${facts}\n\n${table}`;
}
