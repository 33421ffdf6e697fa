import { type Manifest, readManifest } from '../artefact/manifest.ts';
import { writeManifest } from '../artefact/write-artefact.ts';
import type { PromotionVerdict } from './judge-promotion.ts';

/** Writes the mode an artefact may serve in, and why, into its manifest; a gateway follows it when it loads the artefact. */
export async function applyPromotion(
  dir: string,
  { mode, modeReason }: Pick<PromotionVerdict, 'mode' | 'modeReason'>,
): Promise<Manifest> {
  const manifest = { ...(await readManifest(dir)), mode, modeReason };
  await writeManifest(dir, manifest);
  return manifest;
}
