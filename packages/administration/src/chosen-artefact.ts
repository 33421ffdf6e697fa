import type { Repositories } from '@pointsman/db';
import { showRouter } from './active-router.ts';
import type { Configuration } from './configuration/configuration.ts';

/** Why an artefact other than the shipped one serves: it is configured, or an operator chose it. */
export type ChosenArtefact = {
  artefactDir: string;
  /** What the folder held when it was chosen. */
  version?: string | undefined;
  mode?: string | undefined;
  origin: 'POINTSMAN_ROUTER_DIR' | 'router use';
};

/** The artefact that gateways of this configuration serve instead of the shipped one; undefined: that one. */
export async function chosenArtefact(
  repositories: Pick<Repositories, 'settings'>,
  { routerDir }: Pick<Configuration, 'routerDir'>,
): Promise<ChosenArtefact | undefined> {
  if (routerDir !== undefined) return { artefactDir: routerDir, origin: 'POINTSMAN_ROUTER_DIR' };
  const chosen = await showRouter(repositories);
  return chosen && { ...chosen, origin: 'router use' };
}
