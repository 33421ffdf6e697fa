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
        if (previous != null) await checkPrevious(previous);
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

/** What served before must still be there, as it was: a folder may have been trained in anew, or its mode stepped back since. */
async function checkPrevious({ artefactDir, version, mode }: ActiveRouter): Promise<void> {
  const { applyPromotion, readManifest, servingModeSchema } = await loadRouterModel();
  const manifest = await readManifest(artefactDir);
  if (manifest.version !== version)
    throw new Error(
      `${artefactDir} holds ${manifest.version} now, not ${version}, which served before. ` +
        'Choose what to serve: pointsman router list, pointsman router use <dir>',
    );
  const former = servingModeSchema.safeParse(mode);
  if (former.success && former.data !== manifest.mode)
    await applyPromotion(artefactDir, { mode: former.data, modeReason: 'as it was before: rolled back' });
}

const printServed = (served: ActiveRouter | null): string =>
  served === null
    ? 'Rolled back: gateways serve the shipped artefact within a second.'
    : `Rolled back: gateways serve ${served.version} from ${served.artefactDir} within a second.`;
