import type { Repositories } from '@pointsman/db';
import { z } from 'zod';

type Storage = Pick<Repositories, 'settings'>;

const SETTING = 'shadow-router';
const shadowRouterSchema = z.object({
  /** Absolute folder of the artefact, as the gateways see it. */
  artefactDir: z.string(),
  version: z.string(),
  /** Share of the routed requests on which it predicts too. */
  share: z.number().gt(0).lte(1),
});
export type ShadowRouter = z.infer<typeof shadowRouterSchema>;

/** Makes gateways let an artefact predict beside the one that chooses; undefined ends that. */
export async function setShadowRouter(repositories: Storage, shadow: ShadowRouter | undefined): Promise<void> {
  await repositories.settings.put(SETTING, shadow === undefined ? null : shadowRouterSchema.parse(shadow));
}

/** The artefact that predicts without choosing; undefined while there is none. */
export async function showShadowRouter(repositories: Storage): Promise<ShadowRouter | undefined> {
  const value = await repositories.settings.get(SETTING);
  return value === undefined || value === null ? undefined : shadowRouterSchema.parse(value);
}
