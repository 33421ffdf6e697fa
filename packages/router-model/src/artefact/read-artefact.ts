import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type ModelTable, modelTableSchema } from '../model/model-standing.ts';
import type { ArtefactFile, Manifest } from './manifest.ts';
import { decodeTrainedOn, type TrainedOn } from './trained-on.ts';

/** The folder of the text encoder within an artefact's. */
export const ENCODER_FOLDER = 'encoder';

/** Reads one file of an artefact. Throws, naming file and both hashes, when it is not the one the manifest means. */
export async function readArtefactFile(dir: string, { file, sha256 }: ArtefactFile): Promise<Uint8Array> {
  const path = join(dir, file);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new Error(`cannot read ${path}`, { cause: error });
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256)
    throw new Error(`${path} is damaged or half-written: its SHA-256 is ${found}, the manifest says ${sha256}`);
  return bytes;
}

/** Reads and checks the model table of an artefact; every list has the length the manifest's kinds ask for. */
export async function readModelTable(dir: string, manifest: Manifest): Promise<ModelTable> {
  const { file } = manifest.files.models;
  const text = new TextDecoder().decode(await readArtefactFile(dir, manifest.files.models));
  const parsed = modelTableSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${file} of ${dir} is not a model table:\n${z.prettifyError(parsed.error)}`);
  const kinds = manifest.kinds.length;
  const lists = [parsed.data.fallbackKinds, parsed.data.length.byKind, ...parsed.data.heads.map(({ ease }) => ease)];
  if (lists.some((list) => list.length !== kinds))
    throw new Error(`${file} of ${dir} is for another number of kinds than the manifest's ${kinds}`);
  return parsed.data;
}

/** Reads which rows an artefact has learned from. */
export async function readTrainedOn(dir: string, manifest: Manifest): Promise<TrainedOn> {
  return decodeTrainedOn(await readArtefactFile(dir, manifest.files.trainedOn));
}
