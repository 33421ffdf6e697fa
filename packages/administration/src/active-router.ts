import type { Repositories } from '@pointsman/db';
import { z } from 'zod';

type Storage = Pick<Repositories, 'settings'>;

const SETTING = 'router';
const activeRouterSchema = z.object({
  /** Absolute folder of the artefact, as the gateways see it. */
  artefactDir: z.string(),
  version: z.string(),
});
export type ActiveRouter = z.infer<typeof activeRouterSchema>;

/** Makes gateways serve this artefact (they reload within a second); undefined returns to the shipped one. */
export async function setActiveRouter(repositories: Storage, router: ActiveRouter | undefined): Promise<void> {
  await repositories.settings.put(SETTING, router ?? null);
}

/** The artefact chosen by an operator; undefined while the shipped one serves. */
export async function showRouter(repositories: Storage): Promise<ActiveRouter | undefined> {
  const value = await repositories.settings.get(SETTING);
  return value === undefined || value === null ? undefined : activeRouterSchema.parse(value);
}
