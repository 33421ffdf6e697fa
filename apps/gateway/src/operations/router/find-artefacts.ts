import { basename } from 'node:path';
import { type ChosenArtefact, type Configuration, chosenArtefact } from '@pointsman/administration';
import { GatewayError, SHIPPED_ARTEFACT } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import {
  listArtefacts,
  readManifest,
  type StoredArtefact,
  type StoreEntry,
  shippedArtefactDir,
} from '@pointsman/router-model';

export type RouterSources = { repositories: Repositories; configuration: Configuration };

/** An artefact under the name by which it is activated; undefined: it lies where only a person on the machine can name it. */
export type NamedArtefact = StoredArtefact & { name: string | undefined };

export type Artefacts = {
  /** Shipped, stored, and the one that serves, wherever that lies. */
  all: NamedArtefact[];
  /** Undefined when its folder holds none, any more. */
  served: NamedArtefact | undefined;
  chosen: ChosenArtefact | undefined;
  store: StoreEntry[];
};

/** Every artefact that can serve, and the one that does. Names, not paths, are what the API takes. */
export async function findArtefacts({ repositories, configuration }: RouterSources): Promise<Artefacts> {
  const shippedDir = shippedArtefactDir();
  const [chosen, store, shipped] = await Promise.all([
    chosenArtefact(repositories, configuration),
    listArtefacts(configuration.artefactsDir),
    readManifest(shippedDir),
  ]);
  const all: NamedArtefact[] = [{ name: SHIPPED_ARTEFACT, artefactDir: shippedDir, manifest: shipped }];
  for (const entry of store) if ('manifest' in entry) all.push({ ...entry, name: basename(entry.artefactDir) });
  const servedDir = chosen?.artefactDir ?? shippedDir;
  let served = all.find(({ artefactDir }) => artefactDir === servedDir);
  if (served === undefined) {
    served = await artefactAt(servedDir);
    if (served !== undefined) all.push(served);
  }
  return { all, served, chosen, store };
}

/** @throws GatewayError `not_found` */
export function artefactNamed(name: string, { all }: Pick<Artefacts, 'all'>): NamedArtefact {
  const found = all.find((artefact) => artefact.name === name);
  if (found !== undefined) return found;
  throw new GatewayError('not_found', `There is no artefact "${name}" in the store of this gateway.`, {
    param: 'artefact',
  });
}

async function artefactAt(artefactDir: string): Promise<NamedArtefact | undefined> {
  try {
    return { name: undefined, artefactDir, manifest: await readManifest(artefactDir) };
  } catch {
    // The gateway goes on serving what it has loaded; the view says which that is.
    return undefined;
  }
}
