import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { servedArtefact } from '../../served-artefact.ts';
import { loadRouterModel } from './load-router-model.ts';
import { printManifest } from './print-manifest.ts';

export function addShow(router: Command, { withStorage, show }: CommandContext): void {
  router
    .command('show')
    .description('Show the artefact in use')
    .action(async () => {
      const { artefactDir, origin } = await withStorage(servedArtefact);
      const { readManifest } = await loadRouterModel();
      const manifest = await readManifest(artefactDir);
      show(
        { artefactDir, origin, manifest },
        () => `${printManifest(manifest, artefactDir)}\n\nServed because of: ${origin}`,
      );
    });
}
