import { showRouter } from '@pointsman/administration';
import type { Session } from './command-context.ts';

export type ServedArtefact = { artefactDir: string; origin: 'POINTSMAN_ROUTER_DIR' | 'router use' | 'shipped' };

/** The artefact that gateways of this configuration serve, and because of what. */
export async function servedArtefact({ repositories, configuration }: Session): Promise<ServedArtefact> {
  if (configuration.routerDir !== undefined)
    return { artefactDir: configuration.routerDir, origin: 'POINTSMAN_ROUTER_DIR' };
  const chosen = await showRouter(repositories);
  if (chosen !== undefined) return { artefactDir: chosen.artefactDir, origin: 'router use' };
  const { shippedArtefactDir } = await import('@pointsman/router-model');
  return { artefactDir: shippedArtefactDir(), origin: 'shipped' };
}
