import { createHash } from 'node:crypto';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DIMENSIONS } from '@pointsman/contracts';
import type { EvaluationTable } from '../evaluation/evaluation-table.ts';
import { SIDE_FEATURES } from '../features/side-features.ts';
import { type ModelTable, modelTableSchema } from '../model/model-standing.ts';
import { describeNewcomer } from '../prior/describe-newcomer.ts';
import { DOMAIN_LABELS, TASK_LABELS } from '../taxonomy/labels.ts';
import type { TrainingResult } from '../training/train-router.ts';
import {
  type ArtefactFile,
  MANIFEST_FILE,
  type Manifest,
  manifestSchema,
  readManifest,
  versionOf,
} from './manifest.ts';
import { ENCODER_FOLDER } from './read-artefact.ts';
import { routerGraph } from './router-graph.ts';
import { encodeTrainedOn } from './trained-on.ts';

/** What `spread` means, as every manifest says it. */
const SPREAD_MEANING =
  'Standard deviation of what is not known of the expected score of this request: the score averaged over repeated ' +
  'replies and over models of equal ability. It holds the difficulty that models share and the router did not see, ' +
  'uncertainty about the kind and its averages, and unfamiliarity. It leaves out the luck of a single reply. ' +
  'Scaled so that mean +- 1.645 spread (widened by the luck left after averaging over the models observed) held the ' +
  'mean outcome of about 90 % of the held-out training requests.';

type Files = { graph: Uint8Array; models: Uint8Array; trainedOn: Uint8Array };
const FILE_NAMES: { [K in keyof Files]: string } = {
  graph: 'model.onnx',
  models: 'models.json',
  trainedOn: 'trained-on.bin',
};

/**
 * Writes a router artefact: the graph, the model table, what it learned from, and the manifest. Each file is replaced
 * as a whole, the manifest last; a reader that comes in between sees a checksum that does not fit and keeps what it has.
 * `encoderDir` is the folder of the text encoder the result was trained with.
 */
export async function writeArtefact(dir: string, result: TrainingResult, encoderDir?: string): Promise<Manifest> {
  const files = {
    graph: routerGraph(result.request),
    models: encodeModelTable(result.models),
    trainedOn: encodeTrainedOn(result.trainedRows),
  };
  const described = describeFiles(files);
  const manifest = manifestSchema.parse({
    ...describeArtefact(result),
    files: described,
    version: versionOf(described, result.request.text?.encoder),
  });
  await writeFiles(dir, files);
  await rm(join(dir, ENCODER_FOLDER), { recursive: true, force: true });
  if (manifest.encoder !== undefined) {
    if (encoderDir === undefined) throw new Error('an artefact with a text encoder needs the folder of the encoder');
    await cp(encoderDir, join(dir, ENCODER_FOLDER), { recursive: true });
  }
  await writeManifest(dir, manifest);
  return manifest;
}

/** What changes when new answers are folded into an artefact; the request half stays as it was. */
export type DerivedArtefact = { manifest: Manifest; models: ModelTable; files: Omit<Files, 'models'> };

/** Writes an artefact derived from another: same graph, another model table. */
export async function writeDerivedArtefact(dir: string, derived: DerivedArtefact): Promise<Manifest> {
  const files = { ...derived.files, models: encodeModelTable(derived.models) };
  const described = describeFiles(files);
  const manifest = {
    ...derived.manifest,
    files: described,
    version: versionOf(described, derived.manifest.encoder?.version),
  };
  await writeFiles(dir, files);
  await writeManifest(dir, manifest);
  return manifest;
}

/** Adds an evaluation to the manifest of an artefact. */
export async function recordEvaluation(dir: string, evaluation: EvaluationTable): Promise<Manifest> {
  const manifest = { ...(await readManifest(dir)), evaluation };
  await writeManifest(dir, manifest);
  return manifest;
}

export async function writeManifest(dir: string, manifest: Manifest): Promise<void> {
  const text = JSON.stringify(manifestSchema.parse(manifest), (_, value: unknown) => rounded(value), 2);
  // Lists of numbers stay on one line, or they would bury the rest.
  const readable = text.replace(/\[[\s\d.,eE+-]+\]/g, (list) => list.replace(/\s+/g, ' '));
  await replaceFile(join(dir, MANIFEST_FILE), `${readable}\n`);
}

async function writeFiles(dir: string, files: Files): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const [key, bytes] of Object.entries(files)) await replaceFile(join(dir, FILE_NAMES[key as keyof Files]), bytes);
}

function encodeModelTable(models: ModelTable): Uint8Array {
  const heads = JSON.stringify(modelTableSchema.parse(models), (_, value: unknown) => rounded(value));
  return new TextEncoder().encode(`${heads}\n`);
}

function describeFiles(files: Files): Manifest['files'] {
  const describe = (key: keyof Files): ArtefactFile => ({
    file: FILE_NAMES[key],
    sha256: createHash('sha256').update(files[key]).digest('hex'),
    bytes: files[key].length,
  });
  return { graph: describe('graph'), models: describe('models'), trainedOn: describe('trainedOn') };
}

/** Six significant digits are more than anything here is known to. */
function rounded(value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number(value.toPrecision(6));
}

async function replaceFile(file: string, content: Uint8Array | string): Promise<void> {
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
}

function describeArtefact(result: TrainingResult): Omit<Manifest, 'files' | 'version'> {
  const { request, models, evidence } = result;
  const dimensions = Object.fromEntries(
    DIMENSIONS.map((dimension) => {
      const found = evidence[dimension];
      return [dimension, found === undefined ? { basis: 'prior', rows: 0, scores: 0 } : { basis: 'learned', ...found }];
    }),
  ) as Manifest['dimensions'];
  return {
    format: 2,
    mode: 'learned',
    encoder: request.text && { version: request.text.encoder, width: request.text.kinds.rows - 1 },
    features: {
      buckets: request.encoder.buckets,
      sideFeatures: [...SIDE_FEATURES],
      typical: {
        means: [...request.encoder.sideMean],
        inverseDeviations: [...request.encoder.sideInverseDeviation],
      },
      latent: request.encoder.latent,
    },
    heads: models.heads.map(({ dimension }) => dimension),
    kinds: request.kinds,
    domains: [...DOMAIN_LABELS],
    tasks: [...TASK_LABELS],
    recognition: result.recognition,
    models: result.averages,
    newcomer: describeNewcomer(models),
    dimensions,
    spread: SPREAD_MEANING,
    training: {
      rows: result.rows,
      seed: result.seed,
      dataHash: result.dataHash,
      sources: result.sources,
      encoder: result.encoderGain,
    },
    unseenSources: result.unseenSources,
    selfCheck: result.selfCheck,
  };
}
