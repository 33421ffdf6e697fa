import { type RouterChange, routerHistory } from '@pointsman/administration';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { printTable } from '../../output/print-table.ts';

export function addHistory(router: Command, { withStorage, show }: CommandContext): void {
  router
    .command('history')
    .description('List what was promoted, forced, used and rolled back, newest first')
    .action(async () => {
      const history = await withStorage(({ repositories }) => routerHistory(repositories));
      show(history, () => printHistory(history));
    });
}

/** A verdict has half a dozen reasons; the first decided. */
function firstOf([first, ...others]: readonly string[]): string | undefined {
  return others.length === 0 ? first : `${first} (and ${others.length} more: --json)`;
}

function printHistory(history: readonly RouterChange[]): string {
  return printTable(
    history,
    [
      { title: 'AT', value: ({ at }) => at },
      { title: 'BY', value: ({ by }) => by },
      { title: 'ACTION', value: ({ action }) => action },
      { title: 'SERVED SINCE', value: ({ router }) => router?.version ?? 'shipped' },
      { title: 'MODE', value: ({ router }) => router?.mode },
      { title: 'WHY', value: ({ reasons }) => firstOf(reasons) },
    ],
    'The shipped artefact has served all along.',
  );
}
