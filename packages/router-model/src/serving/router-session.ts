import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Manifest, readManifest } from '../artefact/manifest.ts';
import { GRAPH_INPUTS, GRAPH_OUTPUTS } from '../artefact/router-graph.ts';
import { featurise } from '../features/featurise.ts';
import { SIDE_FEATURES } from '../features/side-features.ts';
import { at } from '../mathematics/matrix.ts';
import type { Prompt } from '../prompt.ts';

/** The graph's answer for one request; means and spreads are heads x models, row after row. */
export type RawPrediction = {
  means: Float32Array;
  spreads: Float32Array;
  outputTokens: Float32Array;
  domains: Float32Array;
  familiarity: number;
};

/** A loaded, checked artefact. `run` blocks the thread it is called on. */
export type RouterSession = {
  readonly manifest: Manifest;
  run(prompt: Prompt): Promise<RawPrediction>;
  release(): Promise<void>;
};

/** Largest difference to the training's own results that rounding to 32 bits explains; tokens relative. */
const SELF_CHECK_TOLERANCE = 1e-3;

/**
 * Loads an artefact on this thread. Throws, saying why, when a file is missing, damaged or of another layout, or when
 * the graph does not reproduce on this machine what training computed.
 */
export async function openRouterSession(dir: string): Promise<RouterSession> {
  const manifest = await readManifest(dir);
  if (manifest.features.sideFeatures.join() !== SIDE_FEATURES.join())
    throw new Error(`router artefact ${manifest.version} was trained with other features than this version computes`);
  const onnx = await readChecked(join(dir, manifest.onnx.file), manifest.onnx.sha256);
  const session = await InferenceSession.create(onnx, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    enableMemPattern: false,
    executionMode: 'sequential',
    logSeverityLevel: 3,
  });
  const loaded: RouterSession = {
    manifest,
    run: (prompt) => runSession(session, prompt, manifest.features.buckets),
    release: () => session.release(),
  };
  await selfCheck(loaded);
  return loaded;
}

async function readChecked(file: string, sha256: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new Error(`cannot read ${file}`, { cause: error });
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256)
    throw new Error(`${file} is damaged or half-written: its SHA-256 is ${found}, the manifest says ${sha256}`);
  return bytes;
}

async function runSession(session: InferenceSession, prompt: Prompt, buckets: number): Promise<RawPrediction> {
  const { indices, weights, side } = featurise(prompt, buckets);
  // A prompt without any n-gram still needs a row to multiply: bucket 0 with weight 0.
  const isEmpty = indices.length === 0;
  const outputs = await session.run({
    [GRAPH_INPUTS.indices]: vector('int32', isEmpty ? new Int32Array(1) : indices),
    [GRAPH_INPUTS.weights]: vector('float32', isEmpty ? new Float32Array(1) : weights),
    [GRAPH_INPUTS.side]: new Tensor('float32', side, [1, side.length]),
  });
  const take = (name: string): Float32Array => {
    const data = outputs[name]?.data;
    if (!(data instanceof Float32Array)) throw new Error(`the graph has no output ${name}`);
    return data;
  };
  return {
    means: take(GRAPH_OUTPUTS.means),
    spreads: take(GRAPH_OUTPUTS.spreads),
    outputTokens: take(GRAPH_OUTPUTS.outputTokens),
    domains: take(GRAPH_OUTPUTS.domains),
    familiarity: at(take(GRAPH_OUTPUTS.familiarity), 0),
  };
}

function vector(type: 'int32' | 'float32', data: Int32Array | Float32Array): Tensor {
  return new Tensor(type, data, [data.length]);
}

async function selfCheck(session: RouterSession): Promise<void> {
  const { version, selfCheck: checks } = session.manifest;
  for (const check of checks) {
    const result = await session.run(check.prompt);
    const worst = Math.max(
      largestGap(result.means, check.means.flat()),
      largestGap(result.spreads, check.spreads.flat()),
      largestGap(result.outputTokens.map(Math.log1p), check.outputTokens.map(Math.log1p)),
    );
    if (!(worst <= SELF_CHECK_TOLERANCE))
      throw new Error(
        `router artefact ${version} fails its self-check on this machine: a result is off by ${worst}, ` +
          `at most ${SELF_CHECK_TOLERANCE} is allowed`,
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
