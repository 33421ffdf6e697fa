import { type ChosenArtefact, chosenArtefact } from '@pointsman/administration';
import type { Session } from './command-context.ts';

export type ServedArtefact = { artefactDir: string; origin: ChosenArtefact['origin'] | 'shipped' };

/** The artefact that gateways of this configuration serve, and because of what. */
export async function servedArtefact({ repositories, configuration }: Session): Promise<ServedArtefact> {
  const chosen = await chosenArtefact(repositories, configuration);
  if (chosen !== undefined) return { artefactDir: chosen.artefactDir, origin: chosen.origin };
  const { shippedArtefactDir } = await import('@pointsman/router-model');
  return { artefactDir: shippedArtefactDir(), origin: 'shipped' };
}
