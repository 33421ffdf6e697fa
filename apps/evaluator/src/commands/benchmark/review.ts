import { reviewDraft } from '@pointsman/benchmark';
import type { Command } from 'commander';
import { changeDraft } from '../../benchmarks/change-draft.ts';
import type { CommandContext } from '../../command-context.ts';

type ReviewFlags = { approve?: boolean; reject?: boolean; author: string; reason?: string; override?: boolean };

export function addReview(benchmark: Command, { terminal, withStorage, show }: CommandContext): void {
  benchmark
    .command('review <name>')
    .description('Approve a submitted draft, or send it back; nobody approves what they wrote')
    .option('--approve', 'it may be published')
    .option('--reject', 'it is a draft again')
    .requiredOption('--author <name>', 'who reviews')
    .option('--reason <text>', 'why; needed to reject')
    .option('--override', 'approve what you wrote part of; recorded with the version')
    .action(async (name: string, { approve, reject, author, reason, override }: ReviewFlags) => {
      if ((approve === true) === (reject === true)) throw new Error('Say --approve or --reject.');
      if (reject === true && reason === undefined) throw new Error('Say why it is rejected: --reason <text>.');
      const verdict = approve === true ? 'approved' : 'rejected';
      const at = new Date(terminal.now()).toISOString();
      const review = { verdict, by: author, at, reason, override: override === true } as const;
      const { draft } = await withStorage(({ repositories: { benchmarks } }) =>
        changeDraft(benchmarks, name, terminal.now, (open) => reviewDraft(open.draft, review)),
      );
      show(
        draft,
        () => `The draft of ${name} is ${verdict}${draft.review?.override === true ? ', by one of its authors' : ''}.`,
      );
    });
}
