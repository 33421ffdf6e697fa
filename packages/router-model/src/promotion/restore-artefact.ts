import { readManifest } from '../artefact/manifest.ts';
import { servingModeSchema } from '../serving/serving-mode.ts';
import { applyPromotion } from './apply-promotion.ts';

/** An artefact as it served: `mode` is absent when nobody judged it then. */
export type FormerArtefact = { artefactDir: string; version: string; mode?: string | undefined };

/**
 * Makes what served before ready to serve again, in the mode of then.
 * @throws Error when its folder is gone or holds another artefact by now: one may have been trained there anew.
 */
export async function restoreArtefact({ artefactDir, version, mode }: FormerArtefact): Promise<void> {
  const manifest = await readManifest(artefactDir);
  if (manifest.version !== version)
    throw new Error(
      `${artefactDir} holds ${manifest.version} now, not ${version}, which served before: choose what to serve with pointsman router use <dir>`,
    );
  const former = servingModeSchema.safeParse(mode);
  if (former.success && former.data !== manifest.mode)
    await applyPromotion(artefactDir, { mode: former.data, modeReason: 'as it was before: rolled back' });
}
