import { referenceText } from '@pointsman/benchmark';
import type { Command } from 'commander';
import { publishDraft } from '../../benchmarks/change-draft.ts';
import { printChanges } from '../../benchmarks/print-changes.ts';
import type { CommandContext } from '../../command-context.ts';

export function addPublish(benchmark: Command, { terminal, withStorage, show }: CommandContext): void {
  benchmark
    .command('publish <name>')
    .description('Publish the approved draft as the next version, which never changes')
    .requiredOption('--author <name>', 'who publishes')
    .requiredOption('--reason <text>', 'why; kept with the version')
    .action(async (name: string, by: { author: string; reason: string }) => {
      const version = await withStorage(({ repositories: { benchmarks } }) =>
        publishDraft(benchmarks, name, terminal.now, by),
      );
      show(version, () => {
        const { cases, hash, changes } = version;
        return `Published ${referenceText(version)}: ${cases.length} cases, hash ${hash}.\n\n${printChanges(changes)}`;
      });
    });
}
