import { type ActiveRouter, previousRouter, rollBackRouter } from '@pointsman/administration';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { operatorName } from '../../operator-name.ts';
import { loadRouterModel } from './load-router-model.ts';
import { overrideWarning } from './override-warning.ts';

export function addRollback(router: Command, { terminal, withStorage, show }: CommandContext): void {
  router
    .command('rollback')
    .description('Serve again what served before')
    .option('--reason <text>', 'why, for the history')
    .action(async ({ reason }: { reason?: string }) => {
      const back = await withStorage(async ({ repositories, configuration }) => {
        const previous = await previousRouter(repositories);
        if (previous != null) await (await loadRouterModel()).restoreArtefact(previous);
        const { router: served } = await rollBackRouter(repositories, {
          at: new Date(terminal.now()).toISOString(),
          by: operatorName(),
          reasons: reason === undefined ? [] : [reason],
        });
        return { served, warning: overrideWarning(configuration) };
      });
      show(back, () => [printServed(back.served), back.warning].filter((line) => line !== undefined).join('\n'));
    });
}

const printServed = (served: ActiveRouter | null): string =>
  served === null
    ? 'Rolled back: gateways serve the shipped artefact within a second.'
    : `Rolled back: gateways serve ${served.version} from ${served.artefactDir} within a second.`;
