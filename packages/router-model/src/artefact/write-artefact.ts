import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DIMENSIONS } from '@pointsman/contracts';
import type { EvaluationTable } from '../evaluation/evaluation-table.ts';
import { SIDE_FEATURES } from '../features/side-features.ts';
import { at } from '../mathematics/matrix.ts';
import type { TrainingResult } from '../training/train-router.ts';
import { MANIFEST_FILE, type Manifest, manifestSchema, readManifest } from './manifest.ts';
import { routerGraph } from './router-graph.ts';

/** What `spread` means, as every manifest says it. */
const SPREAD_MEANING =
  'Standard deviation of what is not known of the expected score of this request: the score averaged over repeated ' +
  'replies and over models of equal ability. It holds the difficulty that models share and the router did not see, ' +
  'uncertainty about the domain and its averages, and unfamiliarity. It leaves out the luck of a single reply. ' +
  'Scaled so that mean +- 1.645 spread (widened by the luck left after averaging over the models observed) held the ' +
  'mean outcome of about 90 % of the held-out training requests.';

/**
 * Writes a router artefact: `model.onnx` and `manifest.json`. Each file is replaced as a whole, the manifest last; a
 * reader that comes in between sees a checksum that does not fit and keeps what it has.
 */
export async function writeArtefact(dir: string, result: TrainingResult): Promise<Manifest> {
  await mkdir(dir, { recursive: true });
  const onnx = routerGraph(result.parameters);
  const manifest = describeArtefact(result, onnx);
  await replaceFile(join(dir, manifest.onnx.file), onnx);
  await writeManifest(dir, manifest);
  return manifest;
}

/** Adds an evaluation to the manifest of an artefact. */
export async function recordEvaluation(dir: string, evaluation: EvaluationTable): Promise<Manifest> {
  const manifest = { ...(await readManifest(dir)), evaluation };
  await writeManifest(dir, manifest);
  return manifest;
}

async function writeManifest(dir: string, manifest: Manifest): Promise<void> {
  const text = JSON.stringify(manifestSchema.parse(manifest), (_, value: unknown) => rounded(value), 2);
  // Lists of numbers stay on one line, or they would bury the rest.
  const readable = text.replace(/\[[\s\d.,eE+-]+\]/g, (list) => list.replace(/\s+/g, ' '));
  await replaceFile(join(dir, MANIFEST_FILE), `${readable}\n`);
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

function describeArtefact(result: TrainingResult, onnx: Uint8Array): Manifest {
  const { parameters, evidence } = result;
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  const dimensions = Object.fromEntries(
    DIMENSIONS.map((dimension) => {
      const found = evidence[dimension];
      return [dimension, found === undefined ? { basis: 'prior', rows: 0, scores: 0 } : { basis: 'learned', ...found }];
    }),
  );
  return manifestSchema.parse({
    format: 1,
    version: sha256.slice(0, 12),
    onnx: { file: 'model.onnx', sha256, bytes: onnx.length },
    features: {
      buckets: parameters.encoder.buckets,
      sideFeatures: [...SIDE_FEATURES],
      latent: parameters.encoder.latent,
    },
    heads: parameters.heads.map(({ dimension }) => dimension),
    domains: parameters.domains,
    models: result.models,
    dimensions,
    spread: SPREAD_MEANING,
    calibration: parameters.heads.map(({ dimension, calibration }) => {
      const { hiddenShare, varianceScale, ...rest } = calibration;
      return { dimension, ...rest, hiddenShare: rangeOf(hiddenShare), varianceScale: rangeOf(varianceScale) };
    }),
    training: {
      rows: result.rows,
      seed: result.seed,
      dataHash: result.dataHash,
      sources: result.sources,
    },
    unseenSources: result.unseenSources,
    selfCheck: result.selfCheck,
  });
}

function rangeOf(values: Float64Array): number[] {
  const sorted = values.toSorted();
  return [0, Math.floor(sorted.length / 2), sorted.length - 1].map((index) => at(sorted, index));
}
