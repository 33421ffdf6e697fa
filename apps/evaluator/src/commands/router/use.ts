import { resolve } from 'node:path';
import { setActiveRouter } from '@pointsman/administration';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { operatorName } from '../../operator-name.ts';
import { loadRouterModel } from './load-router-model.ts';

export function addUse(router: Command, { terminal, withStorage, show }: CommandContext): void {
  router
    .command('use [dir]')
    .description('Make running gateways serve an artefact, judged or not; without a folder, the shipped one again')
    .action(async (dir: string | undefined) => {
      const note = {
        at: new Date(terminal.now()).toISOString(),
        by: operatorName(),
        action: 'used' as const,
        reasons: [],
      };
      if (dir === undefined) {
        await withStorage(({ repositories }) => setActiveRouter(repositories, undefined, note));
        show({ artefactDir: null }, () => 'Gateways serve the shipped artefact again.');
        return;
      }
      const artefactDir = resolve(terminal.directory, dir);
      const { readManifest } = await loadRouterModel();
      const { version, mode } = await readManifest(artefactDir);
      const active = { artefactDir, version, mode };
      await withStorage(({ repositories }) => setActiveRouter(repositories, active, note));
      show(
        active,
        () => `Gateways serve ${version} from ${artefactDir} within a second, once it passes its self-check.`,
      );
    });
}
