import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  applyProposals,
  evaluatedResultSchema,
  type ProductionRow,
  type Proposal,
  parseBenchmarkReference,
  productionRowSchema,
  proposalSchema,
  propose,
  referenceText,
} from '@pointsman/benchmark';
import type { Command } from 'commander';
import { z } from 'zod';
import { changeDraft } from '../../benchmarks/change-draft.ts';
import { loadCases, loadVersion } from '../../benchmarks/load-benchmark.ts';
import { countChanges } from '../../benchmarks/print-changes.ts';
import { readJsonLines } from '../../benchmarks/read-json-lines.ts';
import { storedResults } from '../../benchmarks/stored-results.ts';
import type { CommandContext } from '../../command-context.ts';
import { positiveInteger } from '../../option-values.ts';
import { printTable } from '../../output/print-table.ts';

type CurateFlags = {
  results?: string[];
  runs: number;
  production?: string[];
  canary?: string[];
  out?: string;
  apply?: string;
  author?: string;
  reason?: string;
};

export function addCurate(benchmark: Command, context: CommandContext): void {
  benchmark
    .command('curate <name>')
    .description(
      'Propose cases to retire (saturated, leaked, broken) and hard ones to add; apply what a person kept of them',
    )
    .option('--runs <n>', 'judge by so many of the newest finished runs on it', positiveInteger, 6)
    .option('--results <jsonl...>', 'judge by these instead: evaluated items with run and model')
    .option('--production <jsonl...>', 'requests served: messages, domain, task, language, score or scores')
    .option('--canary <texts...>', 'marks in the benchmark that no reply can know')
    .option('--out <file>', 'write the proposals there, for a person to read and thin out')
    .option('--apply <file>', 'take the proposals of this file into the draft; needs --author and --reason')
    .option('--author <name>', 'who decided')
    .option('--reason <text>', 'why; kept with every change')
    .action((name: string, flags: CurateFlags) =>
      flags.apply === undefined ? proposeFor(name, flags, context) : applyTo(name, flags, context),
    );
}

async function proposeFor(name: string, flags: CurateFlags, { terminal, withStorage, show }: CommandContext) {
  const reference = parseBenchmarkReference(name);
  const production: ProductionRow[] = await readJsonLines(flags.production, productionRowSchema, terminal.directory);
  const { version, cases, results } = await withStorage(async ({ repositories }) => {
    const found = await loadVersion(repositories.benchmarks, reference, terminal.now);
    return {
      version: found.version,
      cases: await loadCases(repositories.benchmarks, found.version),
      results:
        flags.results === undefined
          ? await storedResults(repositories, reference.name, flags.runs)
          : await readJsonLines(flags.results, evaluatedResultSchema, terminal.directory),
    };
  });
  if (results.length === 0 && production.length === 0)
    throw new Error(
      `There is nothing to judge by: no run on '${reference.name}' has finished. Name results (--results <jsonl...>) or requests (--production <jsonl...>).`,
    );
  const proposals = propose({ cases, results, production, canaries: flags.canary });
  if (flags.out !== undefined)
    await writeFile(resolve(terminal.directory, flags.out), `${JSON.stringify(proposals, null, 2)}\n`);
  show(proposals, () => printProposals(proposals, referenceText(version), flags.out));
}

async function applyTo(name: string, flags: CurateFlags, { terminal, withStorage, show }: CommandContext) {
  const { apply = '', author, reason } = flags;
  if (author === undefined || reason === undefined)
    throw new Error('A person decides: say who and why, --author <name> --reason <text>.');
  const proposals = await readProposals(resolve(terminal.directory, apply), apply);
  const signature = { author, reason, at: new Date(terminal.now()).toISOString() };
  const changed = await withStorage(({ repositories: { benchmarks } }) =>
    changeDraft(benchmarks, name, terminal.now, ({ draft, previous }) =>
      applyProposals(draft, previous, proposals, signature),
    ),
  );
  show(changed, () => `Applied ${proposals.length} proposals. The draft of ${name}: ${countChanges(changed.changes)}.`);
}

async function readProposals(path: string, file: string): Promise<Proposal[]> {
  const written: unknown = JSON.parse(await readFile(path, 'utf8'));
  const parsed = z.array(proposalSchema).safeParse(written);
  if (parsed.success) return parsed.data;
  throw new Error(`${file} holds no proposals of curate --out: ${z.prettifyError(parsed.error)}`);
}

function printProposals(proposals: readonly Proposal[], benchmark: string, out: string | undefined): string {
  const table = printTable(
    proposals,
    [
      { title: 'ACTION', value: ({ action }) => action },
      { title: 'CASE', value: (one) => (one.action === 'retire' ? one.caseId : one.case.id) },
      { title: 'REASON', value: ({ reason }) => reason },
    ],
    `Nothing speaks for changing ${benchmark}.`,
  );
  const notices = new Set(proposals.flatMap((one) => (one.action === 'add' ? [one.notice] : [])));
  const next = out === undefined ? [] : [`Read ${out}, delete what you do not want, and apply it: --apply ${out}.`];
  return [table, ...notices, ...next].join('\n\n');
}
