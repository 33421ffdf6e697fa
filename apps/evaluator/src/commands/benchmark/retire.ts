import { retireCases } from '@pointsman/benchmark';
import type { Command } from 'commander';
import { changeDraft } from '../../benchmarks/change-draft.ts';
import { countChanges } from '../../benchmarks/print-changes.ts';
import type { CommandContext } from '../../command-context.ts';

export function addRetire(benchmark: Command, { terminal, withStorage, show }: CommandContext): void {
  benchmark
    .command('retire <name>')
    .description('Take a case out of the next version; published ones keep it')
    .requiredOption('--case <ids...>', 'the case, or several')
    .requiredOption('--author <name>', 'who retires it')
    .requiredOption('--reason <text>', 'why; kept with the change')
    .action(
      async (name: string, { case: caseIds, author, reason }: { case: string[]; author: string; reason: string }) => {
        const signature = { author, reason, at: new Date(terminal.now()).toISOString() };
        const changed = await withStorage(({ repositories: { benchmarks } }) =>
          changeDraft(benchmarks, name, terminal.now, ({ draft, previous }) =>
            retireCases(draft, previous, caseIds, signature),
          ),
        );
        show(changed, () => `The draft of ${name}: ${countChanges(changed.changes)}.`);
      },
    );
}
