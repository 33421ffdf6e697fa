import { join } from 'node:path';
import { ENCODER_FOLDER, readModelTable } from '../artefact/read-artefact.ts';
import { openTextEncoder } from '../encoder/open-text-encoder.ts';
import { prepareModels } from '../model/estimate-models.ts';
import { openRouterSession } from '../serving/router-session.ts';
import type { Teacher } from './distil.ts';

/** Opens an artefact to be imitated. Throws, saying why, when it cannot be used. `release` when done. */
export async function openTeacher(dir: string): Promise<Teacher & { version: string; release(): Promise<void> }> {
  const session = await openRouterSession(dir);
  const { manifest } = session;
  const encoder = manifest.encoder === undefined ? undefined : await openTextEncoder(join(dir, ENCODER_FOLDER));
  return {
    version: manifest.version,
    kinds: manifest.kinds,
    models: prepareModels(await readModelTable(dir, manifest)),
    read: session.read,
    embed: encoder && { width: encoder.width, of: encoder.embed },
    release: async () => {
      await session.release();
      await encoder?.release();
    },
  };
}
