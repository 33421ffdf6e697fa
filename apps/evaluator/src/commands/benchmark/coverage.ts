import {
  type Count,
  type Coverage,
  type CoverageDetails,
  coverage,
  coverageDetails,
  parseBenchmarkReference,
  referenceText,
} from '@pointsman/benchmark';
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
      // By domain and task is what people look at; the finer cells are for programs.
      const { cells: fineCells, ...details } = coverageDetails(cases);
      show({ ...covered, ...details, fineCells }, () =>
        [printCells(covered), printTotals(covered, details, referenceText(version))].join('\n\n'),
      );
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

type Details = Omit<CoverageDetails, 'cells'>;

function printTotals(covered: Coverage, { checks, shortest, longest }: Details, benchmark: string): string {
  const facts = printFacts({
    benchmark,
    cases: covered.cases,
    languages: countsText(covered.languages),
    difficulties: countsText(covered.difficulties),
    origins: countsText(covered.origins),
    'with a reference': covered.withReference,
    'with checks': covered.withChecks,
    'with neither': covered.unanchored.length,
    'kinds of checks': countsText(checks),
    shortest: shortest && `${shortest.words} words (${shortest.id})`,
    longest: longest && `${longest.words} words (${longest.id})`,
    'nearly the same': covered.alike.length,
  });
  const alike = covered.alike.map(
    ({ id, other, similarity }) => `${id} asks what ${other} asks (${similarity.toFixed(2)})`,
  );
  return [facts, ...alike].join('\n');
}

const countsText = (counts: readonly Count[]): string =>
  counts.map(({ value, cases }) => `${value} ${cases}`).join(', ');
