import { pendingChanges, statusText, submitDraft } from '@pointsman/benchmark';
import type { BenchmarkChange } from '@pointsman/contracts';
import { GatewayError } from '@pointsman/contracts';
import type { Command } from 'commander';
import { changeDraft, openDraft } from '../../benchmarks/change-draft.ts';
import { countChanges, printChanges } from '../../benchmarks/print-changes.ts';
import type { CommandContext } from '../../command-context.ts';
import { printFacts } from '../../output/print-facts.ts';

type DraftFlags = { submit?: boolean; discard?: boolean };

export function addDraft(benchmark: Command, { terminal, withStorage, show }: CommandContext): void {
  benchmark
    .command('draft <name>')
    .description('Show what the draft of a benchmark changes; submit it for review, or discard it')
    .option('--submit', 'put it before a reviewer')
    .option('--discard', 'drop it; what is published stays')
    .action(async (name: string, { submit, discard }: DraftFlags) => {
      if (submit === true && discard === true) throw new Error('Submit or discard, not both.');
      const { draft, changes } = await withStorage(async ({ repositories: { benchmarks } }) => {
        if (submit === true) return changeDraft(benchmarks, name, terminal.now, (open) => submitDraft(open.draft));
        const open = await openDraft(benchmarks, name, terminal.now);
        if (open.revision === 0)
          throw new GatewayError('not_found', `'${name}' has no draft: import or retire cases to begin one.`);
        if (discard === true) await benchmarks.discardDraft(open.draft.name, open.revision);
        return { draft: open.draft, changes: pendingChanges(open.draft, open.previous) };
      });
      show({ ...draft, changes }, () => {
        if (discard === true) return `Discarded the draft of ${name} (${countChanges(changes)}).`;
        return `${printStatus(draft, changes)}\n\n${printChanges(changes)}`;
      });
    });
}

type Draft = Awaited<ReturnType<typeof openDraft>>['draft'];

function printStatus(draft: Draft, changes: readonly BenchmarkChange[]): string {
  const { name, base, authors, review } = draft;
  return printFacts({
    draft: `${name}, to follow ${base === 0 ? 'nothing yet' : `version ${base}`}`,
    status: statusText(draft),
    changes: countChanges(changes),
    authors: authors.join(', '),
    review: review && `${review.verdict} by ${review.by}${review.reason === undefined ? '' : `: ${review.reason}`}`,
  });
}
