import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { at } from '../mathematics/matrix.ts';
import type { Prompt } from '../prompt.ts';
import {
  type EncoderDescription,
  type FileFacts,
  ONNX_FILE,
  readEncoderDescription,
  TOKENIZER_FILE,
} from './encoder-description.ts';
import { ENCODER_INPUTS, ENCODER_OUTPUT } from './graph/encoder-model.ts';
import type { TextEncoder } from './text-encoder.ts';
import { createTokeniser } from './tokeniser/create-tokeniser.ts';

type Runtime = typeof import('onnxruntime-node');
type Embed = (ids: Int32Array) => Promise<Float32Array>;

const SELF_CHECK_PROMPT: Prompt = {
  text: 'Which of these is the capital of France?',
  system: '',
  characters: 40,
  messageCount: 1,
  toolCount: 0,
  imageCount: 0,
};
/** Rounding to 32 bits leaves a length this close to 1. */
const LENGTH_TOLERANCE = 1e-3;

/**
 * Opens an encoder folder on this thread. Throws, saying why, when a file is missing, damaged or not of its kind, or when
 * the encoder gives no unit vectors on this machine.
 */
export async function openTextEncoder(dir: string): Promise<TextEncoder> {
  const description = await readEncoderDescription(dir);
  const onnx = await readChecked(join(dir, ONNX_FILE), description.files[ONNX_FILE]);
  const tokenizerJson = await readChecked(join(dir, TOKENIZER_FILE), description.files[TOKENIZER_FILE]);
  const tokenise = createTokeniser(tokenizerJson.toString(), description);
  // Loaded here and not above: who only describes or writes encoders needs no native library.
  const runtime = await import('onnxruntime-node');
  const session = await openSession(runtime, join(dir, ONNX_FILE), onnx);
  const embedIds = (description.kind === 'funnel' ? funnel : bert)(runtime, session, description);
  const encoder: TextEncoder = {
    version: description.version,
    width: description.width,
    embed: (prompt) => embedIds(tokenise(prompt)),
    release: () => session.release(),
  };
  try {
    await selfCheck(encoder);
  } catch (error) {
    await session.release();
    throw new Error(`the text encoder at ${dir} fails its self-check: ${(error as Error).message}`, { cause: error });
  }
  return encoder;
}

async function readChecked(file: string, expected: FileFacts): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new Error(`cannot read ${file}`, { cause: error });
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== expected.sha256)
    throw new Error(
      `${file} is damaged or half-written: expected ${expected.bytes} bytes with SHA-256 ${expected.sha256}, ` +
        `found ${bytes.length} with ${sha256}`,
    );
  return bytes;
}

async function openSession({ InferenceSession }: Runtime, file: string, onnx: Buffer): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(onnx, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      enableCpuMemArena: false,
      enableMemPattern: false,
      executionMode: 'sequential',
      logSeverityLevel: 3,
    });
  } catch (error) {
    throw new Error(`${file} does not load: ${(error as Error).message}`, { cause: error });
  }
}

function funnel(runtime: Runtime, session: InferenceSession, { merge }: EncoderDescription): Embed {
  const tensorFor = integerTensors(runtime, session);
  return (ids) => {
    const positions = Math.ceil(ids.length / merge);
    const padded = new Int32Array(positions * merge);
    padded.set(ids);
    return output(session, ENCODER_OUTPUT, {
      [ENCODER_INPUTS.ids]: tensorFor(ENCODER_INPUTS.ids, padded),
      // Every position holds at least one token: masks are for batches.
      [ENCODER_INPUTS.mask]: new runtime.Tensor('float32', new Float32Array(positions).fill(1), [1, positions]),
    });
  };
}

function bert(runtime: Runtime, session: InferenceSession, { width }: EncoderDescription): Embed {
  const tensorFor = integerTensors(runtime, session);
  return async (ids) => {
    const states = await output(session, 'last_hidden_state', {
      input_ids: tensorFor('input_ids', ids),
      attention_mask: tensorFor('attention_mask', new Int32Array(ids.length).fill(1)),
      token_type_ids: tensorFor('token_type_ids', new Int32Array(ids.length)),
    });
    if (states.length !== ids.length * width)
      throw new Error(`${states.length / ids.length} values per token, encoder.json says ${width}`);
    return unitMean(states, width);
  };
}

/** One row of integers as an input of the graph, 64 bits wide unless the graph asks for 32. */
function integerTensors({ Tensor }: Runtime, { inputMetadata }: InferenceSession) {
  const narrow = new Set(
    inputMetadata.flatMap((input) => (input.isTensor && input.type === 'int32' ? input.name : [])),
  );
  return (name: string, values: Int32Array) => {
    const shape = [1, values.length];
    if (narrow.has(name)) return new Tensor('int32', values, shape);
    return new Tensor('int64', BigInt64Array.from(values, BigInt), shape);
  };
}

async function output(session: InferenceSession, name: string, feeds: InferenceSession.FeedsType) {
  const outputs = await session.run(feeds, [name]);
  const data = outputs[name]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`the graph's output ${name} holds no 32-bit floats`);
  return data;
}

/** The mean of rows, scaled to unit length. */
function unitMean(rows: Float32Array, width: number): Float32Array {
  const sum = new Float32Array(width);
  for (let row = 0; row < rows.length; row += width)
    for (let k = 0; k < width; k += 1) sum[k] = at(sum, k) + at(rows, row + k);
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

async function selfCheck(encoder: TextEncoder): Promise<void> {
  const vector = await encoder.embed(SELF_CHECK_PROMPT);
  if (vector.length !== encoder.width)
    throw new Error(`its vectors have ${vector.length} values, encoder.json says ${encoder.width}`);
  const length = Math.hypot(...vector);
  // Written so that NaN fails.
  if (!(Math.abs(length - 1) <= LENGTH_TOLERANCE)) throw new Error(`a vector has length ${length}, not 1`);
}
