import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Manifest, readManifest } from '../artefact/manifest.ts';
import { ENCODER_FOLDER, readArtefactFile, readModelTable } from '../artefact/read-artefact.ts';
import { GRAPH_INPUTS, GRAPH_OUTPUTS } from '../artefact/router-graph.ts';
import { openTextEncoder } from '../encoder/open-text-encoder.ts';
import type { TextEncoder } from '../encoder/text-encoder.ts';
import { type Features, featurise } from '../features/featurise.ts';
import { SIDE_FEATURES } from '../features/side-features.ts';
import { at } from '../mathematics/matrix.ts';
import { estimateModels, type PreparedModels, prepareModels } from '../model/estimate-models.ts';
import type { RequestReading } from '../model/read-request.ts';
import { applyClientShifts } from '../online/apply-client-shifts.ts';
import { meanModel } from '../prior/mean-model.ts';
import type { Prompt } from '../prompt.ts';
import { restrictReading } from './restrict-reading.ts';

/** Estimates of some models for one request; means and spreads are heads x models, row after row. */
export type RawEstimates = { means: Float32Array; spreads: Float32Array; outputTokens: Float32Array };

/** What the router says of one request: of the models it knows, and of a model of mean ability that it does not. */
export type RawPrediction = RawEstimates & { reading: RequestReading; newcomer: RawEstimates };

/** A loaded, checked artefact. `run` and `read` block the thread they are called on. */
export type RouterSession = {
  readonly manifest: Manifest;
  /** What the request is reduced to before anything is read in it. */
  featuresOf(prompt: Prompt): Features;
  /** What the request is like, before any model is considered. */
  read(prompt: Prompt): Promise<RequestReading>;
  /** Estimates of every model, as the client's own scores showed them where the artefact holds any. */
  run(prompt: Prompt, clientId?: string): Promise<RawPrediction>;
  release(): Promise<void>;
};

/** Largest difference to the training's own results that rounding explains; tokens on a logarithmic scale. */
const SELF_CHECK_TOLERANCE = 1e-3;
/** With a text encoder rounding to int8 differs between processors as well. */
const ENCODER_TOLERANCE = 2e-2;

/**
 * Loads an artefact on this thread. Throws, saying why, when a file is missing, damaged or of another layout, or when
 * the graph does not reproduce on this machine what training computed.
 */
export async function openRouterSession(dir: string): Promise<RouterSession> {
  const manifest = await readManifest(dir);
  if (manifest.features.sideFeatures.join() !== SIDE_FEATURES.join())
    throw new Error(`router artefact ${manifest.version} was trained with other features than this version computes`);
  const table = await readModelTable(dir, manifest);
  const models = prepareModels(table);
  const newcomer = prepareModels({ ...table, models: [meanModel(table)] });
  const graph = await readArtefactFile(dir, manifest.files.graph);
  const encoder = await openEncoder(dir, manifest);
  const session = await InferenceSession.create(graph, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    enableMemPattern: false,
    executionMode: 'sequential',
    logSeverityLevel: 3,
  });
  const read = (prompt: Prompt): Promise<RequestReading> =>
    readWith({ session, encoder, buckets: manifest.features.buckets }, prompt);
  const loaded: RouterSession = {
    manifest,
    featuresOf: (prompt) => featurise(prompt, manifest.features.buckets),
    read,
    run: async (prompt, clientId) => {
      const reading = await read(prompt);
      const own = clientId === undefined ? models : applyClientShifts(models, table.clients, clientId);
      return {
        reading,
        ...estimateWith(own, reading, manifest),
        newcomer: estimateWith(newcomer, reading, manifest),
      };
    },
    release: async () => {
      await session.release();
      await encoder?.release();
    },
  };
  await selfCheck(loaded, models);
  return loaded;
}

async function openEncoder(dir: string, { encoder }: Manifest): Promise<TextEncoder | undefined> {
  if (encoder === undefined) return undefined;
  const opened = await openTextEncoder(join(dir, ENCODER_FOLDER));
  if (opened.version === encoder.version) return opened;
  await opened.release();
  throw new Error(`the artefact in ${dir} needs text encoder ${encoder.version}, its folder holds ${opened.version}`);
}

type Loaded = { session: InferenceSession; encoder: TextEncoder | undefined; buckets: number };

async function readWith({ session, encoder, buckets }: Loaded, prompt: Prompt): Promise<RequestReading> {
  const { indices, weights, side } = featurise(prompt, buckets);
  // A prompt without any n-gram still needs a row to multiply: bucket 0 with weight 0.
  const isEmpty = indices.length === 0;
  const inputs: Record<string, Tensor> = {
    [GRAPH_INPUTS.indices]: vector('int32', isEmpty ? new Int32Array(1) : indices),
    [GRAPH_INPUTS.weights]: vector('float32', isEmpty ? new Float32Array(1) : weights),
    [GRAPH_INPUTS.side]: new Tensor('float32', side, [1, side.length]),
  };
  if (encoder !== undefined) {
    const embedding = await encoder.embed(prompt);
    inputs[GRAPH_INPUTS.embedding] = new Tensor('float32', embedding, [1, embedding.length]);
  }
  const outputs = await session.run(inputs);
  const take = (name: string): Float64Array => {
    const data = outputs[name]?.data;
    if (!(data instanceof Float32Array)) throw new Error(`the graph has no output ${name}`);
    return Float64Array.from(data);
  };
  return {
    kinds: take(GRAPH_OUTPUTS.kinds),
    familiarity: at(take(GRAPH_OUTPUTS.familiarity), 0),
    skills: take(GRAPH_OUTPUTS.skills),
    lengths: take(GRAPH_OUTPUTS.lengths),
    domains: take(GRAPH_OUTPUTS.domains),
    tasks: take(GRAPH_OUTPUTS.tasks),
  };
}

function vector(type: 'int32' | 'float32', data: Int32Array | Float32Array): Tensor {
  return new Tensor(type, data, [data.length]);
}

function estimateWith(models: PreparedModels, reading: RequestReading, { mode }: Pick<Manifest, 'mode'>): RawEstimates {
  const allowed = restrictReading(reading, mode, models.fallbackKinds);
  const { means, spreads, outputTokens } = estimateModels(models, allowed);
  return { means: joined(means), spreads: joined(spreads), outputTokens: Float32Array.from(outputTokens) };
}

function joined(rows: readonly Float64Array[]): Float32Array {
  const columns = rows[0]?.length ?? 0;
  const result = new Float32Array(rows.length * columns);
  rows.forEach((row, r) => {
    result.set(row, r * columns);
  });
  return result;
}

async function selfCheck(session: RouterSession, models: PreparedModels): Promise<void> {
  const { version, selfCheck: checks, encoder } = session.manifest;
  const tolerance = encoder === undefined ? SELF_CHECK_TOLERANCE : ENCODER_TOLERANCE;
  for (const check of checks) {
    const result = estimateWith(models, await session.read(check.prompt), { mode: 'learned' });
    const worst = Math.max(
      largestGap(result.means, check.means.flat()),
      largestGap(result.spreads, check.spreads.flat()),
      largestGap(result.outputTokens.map(Math.log1p), check.outputTokens.map(Math.log1p)),
    );
    if (!(worst <= tolerance))
      throw new Error(
        `router artefact ${version} fails its self-check on this machine: a result is off by ${worst}, ` +
          `at most ${tolerance} is allowed`,
      );
  }
}

function largestGap(found: ArrayLike<number>, expected: readonly number[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  return expected.reduce((worst, value, i) => {
    const gap = Math.abs(at(found, i) - value);
    // NaN must count as a failure, which Math.max alone would also give; said aloud for the reader.
    return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : Math.max(worst, gap);
  }, 0);
}
