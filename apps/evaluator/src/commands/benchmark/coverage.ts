import { type Count, type Coverage, coverage, parseBenchmarkReference, referenceText } from '@pointsman/benchmark';
import { DOMAINS, TASKS } from '@pointsman/contracts';
import type { Command } from 'commander';
import { loadCases, loadVersion } from '../../benchmarks/load-benchmark.ts';
import type { CommandContext } from '../../command-context.ts';
import { printFacts } from '../../output/print-facts.ts';
import { printTable } from '../../output/print-table.ts';

export function addCoverage(benchmark: Command, { terminal, withStorage, show }: CommandContext): void {
  benchmark
    .command('coverage <name>')
    .description(
      'Count the cases of a version by domain, task, language and difficulty; find those that ask nearly the same',
    )
    .action(async (name: string) => {
      const reference = parseBenchmarkReference(name);
      const { version, cases } = await withStorage(async ({ repositories: { benchmarks } }) => {
        const found = await loadVersion(benchmarks, reference, terminal.now);
        return { version: found.version, cases: await loadCases(benchmarks, found.version) };
      });
      const covered = coverage(cases);
      show(covered, () => `${printCells(covered)}\n\n${printTotals(covered, referenceText(version))}`);
    });
}

function printCells({ cells, domains }: Coverage): string {
  const counts = new Map(cells.map(({ domain, task, cases }) => [`${domain} ${task}`, cases]));
  return printTable(
    DOMAINS,
    [
      { title: 'DOMAIN', value: (domain) => domain },
      ...TASKS.map((task) => ({
        title: task.toUpperCase(),
        value: (domain: string) => counts.get(`${domain} ${task}`),
        align: 'right' as const,
      })),
      { title: 'ALL', value: (domain) => domains.find(({ value }) => value === domain)?.cases, align: 'right' },
    ],
    '',
  );
}

function printTotals(covered: Coverage, benchmark: string): string {
  const facts = printFacts({
    benchmark,
    cases: covered.cases,
    languages: countsText(covered.languages),
    difficulties: countsText(covered.difficulties),
    origins: countsText(covered.origins),
    'with a reference': covered.withReference,
    'with checks': covered.withChecks,
    'with neither': covered.unanchored.length,
    'nearly the same': covered.alike.length,
  });
  const alike = covered.alike.map(
    ({ id, other, similarity }) => `${id} asks what ${other} asks (${similarity.toFixed(2)})`,
  );
  return [facts, ...alike].join('\n');
}

const countsText = (counts: readonly Count[]): string =>
  counts.map(({ value, cases }) => `${value} ${cases}`).join(', ');
