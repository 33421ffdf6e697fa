import { seededRandom } from '@pointsman/statistics';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { dot } from '../../mathematics/matrix.ts';
import { ENCODER_OUTPUT, encoderModel } from '../graph/encoder-model.ts';
import type { EncoderShape, EncoderTargets } from '../text-encoder.ts';
import { batchMask, batchTokens } from './batch-inputs.ts';
import { graphSessions } from './graph-sessions.ts';
import { startingState } from './learned-state.ts';
import { type TrainedEncoder, trainEncoder } from './train-encoder.ts';
import { evaluationGraph, TRAINING_OUTPUTS } from './training-graph.ts';
import type { TrainEncoderOptions, TrainingProgress } from './training-options.ts';
import { parameterInputs, parametersOf } from './training-step.ts';

const SHAPE: EncoderShape = {
  vocabulary: 64,
  tokenWidth: 8,
  merge: 4,
  width: 32,
  layers: 2,
  attentionHeads: 4,
  hidden: 64,
  maxTokens: 32,
};
const KINDS = 4;
const PROMPTS = 400;
const TEACHER_WIDTH = 6;

/**
 * Prompts of four kinds, told by half of their words (8 words of each kind, 31 shared); even kinds are easy to
 * everybody, odd ones hard, in two columns that differ in how well they do.
 */
function syntheticData(): { tokens: Int32Array[]; targets: EncoderTargets } {
  const random = seededRandom(3);
  const below = (count: number): number => Math.floor(random() * count);
  const kindOf = Array.from({ length: PROMPTS }, () => below(KINDS));
  const tokens = kindOf.map((kind) =>
    Int32Array.from({ length: 3 + below(30) }, () => (random() < 0.5 ? 1 + 8 * kind + below(8) : 33 + below(31))),
  );
  const kinds = new Float32Array(PROMPTS * KINDS);
  const teacher = new Float32Array(PROMPTS * TEACHER_WIDTH);
  const replies = kindOf.flatMap((kind, row) =>
    [0, 1].map((column) => ({ row, column, score: random() < (kind % 2 === 0 ? 0.9 : 0.1) ? 1 : 0 })),
  );
  kindOf.forEach((kind, row) => {
    kinds[row * KINDS + kind] = 1;
    teacher[row * TEACHER_WIDTH + kind] = 3;
    teacher[row * TEACHER_WIDTH + 4 + (kind % 2)] = 3;
  });
  return {
    tokens,
    targets: {
      kinds: { columns: KINDS, data: kinds },
      replies: {
        row: Int32Array.from(replies, ({ row }) => row),
        column: Int32Array.from(replies, ({ column }) => column),
        score: Float32Array.from(replies, ({ score }) => score),
        offset: new Float32Array(replies.length),
      },
      abilities: { columns: 2, skills: 2, data: Float32Array.of(1, 0, 1, 1) },
      teacher: { width: TEACHER_WIDTH, data: teacher },
    },
  };
}

const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);

function optionsWith(changes: Partial<TrainEncoderOptions> = {}): TrainEncoderOptions {
  return {
    shape: SHAPE,
    ...syntheticData(),
    rows: range(0, 320),
    held: range(320, PROMPTS),
    seed: 5,
    epochs: 10,
    learningRate: 2e-3,
    now: () => 0,
    ...changes,
  };
}

const SHORT = { epochs: 2, rows: range(0, 150) } as const;
let trained: TrainedEncoder;
beforeAll(async () => {
  trained = await trainEncoder(optionsWith());
});

describe('trainEncoder', () => {
  it('learns kinds, scores and a teacher from words, on prompts it has not seen', () => {
    const last = trained.epochs.at(-1);
    expect(trained.epochs).toHaveLength(10);
    expect(last?.kinds?.accuracy).toBeGreaterThan(0.8);
    expect(last?.kinds?.crossEntropy).toBeLessThan(Math.log(KINDS) / 2);
    expect(last?.replies?.offsetLogLoss).toBeCloseTo(Math.log(2), 5);
    expect(last?.replies?.logLoss).toBeLessThan(0.55);
    expect(last?.teacherCosine).toBeGreaterThan(0.8);
    expect(last?.loss).toBeLessThan(trained.epochs[0]?.loss ?? 0);
  });

  it('never touches the vector of padding', () => {
    const table = trained.weights.get('tokens') ?? new Float32Array();
    expect(Math.max(...table.subarray(0, SHAPE.tokenWidth).map(Math.abs))).toBe(0);
    expect(Math.max(...table.subarray(SHAPE.tokenWidth).map(Math.abs))).toBeGreaterThan(0);
  });

  it('learns the same weights from the same seed, to the bit, and others from another', async () => {
    const [first, second] = [await trainEncoder(optionsWith(SHORT)), await trainEncoder(optionsWith(SHORT))];
    expect(second).toEqual(first);
    const other = await trainEncoder(optionsWith({ ...SHORT, seed: 6 }));
    expect(other.weights.get('stem weight')).not.toEqual(first.weights.get('stem weight'));
  });

  it('goes on after an interruption to the same weights as without, to the bit', async () => {
    const uninterrupted = await trainEncoder(optionsWith(SHORT));
    let saved: Uint8Array | undefined;
    const checkpoint = {
      load: async () => saved,
      save: async (bytes: Uint8Array) => {
        saved = bytes;
      },
    };
    // In the middle of the second epoch, after a checkpoint that is some steps old.
    const interrupt = ({ step }: TrainingProgress): void => {
      if (step === 8) throw new Error('interrupted');
    };
    const resumable = { ...SHORT, checkpoint, checkpointEvery: 3 };
    await expect(trainEncoder(optionsWith({ ...resumable, onProgress: interrupt }))).rejects.toThrow('interrupted');
    const steps: number[] = [];
    const onProgress = ({ step }: TrainingProgress): number => steps.push(step);
    expect(await trainEncoder(optionsWith({ ...resumable, onProgress }))).toEqual(uninterrupted);
    expect(steps).toEqual([7, 8, 9, 10]);
    expect(await trainEncoder(optionsWith(resumable))).toEqual(uninterrupted);
    await expect(trainEncoder(optionsWith({ ...resumable, seed: 9 }))).rejects.toThrow(/of another training/);
    saved = saved?.subarray(0, 1000);
    await expect(trainEncoder(optionsWith(resumable))).rejects.toThrow(/damaged/);
  });

  it('tells how far it is and how long it will take', async () => {
    let clock = 0;
    const told: TrainingProgress[] = [];
    const onProgress = (progress: TrainingProgress): void => {
      told.push(progress);
    };
    // A clock that ticks once a step: it is read once at the start and then once after each step.
    await trainEncoder(optionsWith({ ...SHORT, now: () => 1000 * clock++, onProgress }));
    expect(told.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(told.every(({ steps, loss }) => steps === 10 && Number.isFinite(loss))).toBe(true);
    expect(told.flatMap(({ step, heldLoss }) => (heldLoss === undefined ? [] : [step]))).toEqual([5, 10]);
    for (const { step, secondsLeft } of told.slice(4)) expect(Math.abs(secondsLeft - (10 - step))).toBeLessThan(1);
    expect(told.at(-1)?.secondsLeft).toBe(0);
  });

  it('trains without replies, teacher or held-out prompts, and where prompts fill no batch', async () => {
    const { targets } = syntheticData();
    const none = {
      row: new Int32Array(),
      column: new Int32Array(),
      score: new Float32Array(),
      offset: new Float32Array(),
    };
    const kindsAlone = {
      kinds: targets.kinds,
      replies: none,
      abilities: { columns: 0, skills: 0, data: new Float32Array() },
    };
    const changes = { targets: kindsAlone, rows: range(0, 5), held: new Int32Array(), epochs: 1 };
    const { epochs, weights } = await trainEncoder(optionsWith(changes));
    expect(epochs).toEqual([]);
    expect(weights.has('skills weight')).toBe(false);
    expect([...weights.values()].every((values) => values.every(Number.isFinite))).toBe(true);
  });

  it('says what is wrong with its prompts, targets and settings', async () => {
    const { tokens, targets } = syntheticData();
    const wrong: [Partial<TrainEncoderOptions>, string | RegExp][] = [
      [
        { tokens: [new Int32Array(33).fill(1), ...tokens.slice(1)] },
        'prompt 0 has 33 tokens; the encoder takes 1 to 32',
      ],
      [{ tokens: [new Int32Array(), ...tokens.slice(1)] }, 'prompt 0 has 0 tokens'],
      [{ tokens: [Int32Array.of(64), ...tokens.slice(1)] }, 'prompt 0 has token 64; the vocabulary goes from 1 to 63'],
      [{ tokens: tokens.slice(1) }, 'there are 1600 numbers of kinds, 1596 were expected'],
      [
        { targets: { ...targets, abilities: { columns: 1, skills: 1, data: Float32Array.of(1) } } },
        /none of the 1 columns/,
      ],
      [{ batch: 0 }, 'batch must be a whole number from 1, got 0'],
      [{ shape: { ...SHAPE, width: 30 } }, 'width must be a multiple of attentionHeads'],
      [{ shape: { ...SHAPE, maxTokens: 30 } }, 'maxTokens must be a multiple of merge'],
      [{ rows: new Int32Array() }, 'no prompts'],
    ];
    for (const [changes, message] of wrong) await expect(trainEncoder(optionsWith(changes))).rejects.toThrow(message);
  });
});

describe('encoderModel', () => {
  it('computes what the training graph computes', async () => {
    const model = encoderModel(trained, { int8: false });
    for (const length of [1, 4, 7, 32])
      expect(largestGap(await embed(model, length), await embedInTraining(length))).toBeLessThan(1e-5);
  });

  it('computes nearly the same in 8 bits', async () => {
    const model = encoderModel(trained, { int8: true });
    for (const length of [1, 4, 7, 32]) {
      const [rounded, exact] = [await embed(model, length), await embedInTraining(length)];
      expect(dot(rounded, rounded)).toBeCloseTo(1, 5);
      expect(dot(rounded, exact)).toBeGreaterThan(0.99);
    }
  });

  it('does not see positions that the mask hides', async () => {
    const model = encoderModel(trained, { int8: false });
    expect(largestGap(await embed(model, 8, 32), await embed(model, 8))).toBeLessThan(1e-6);
  });
});

const promptOf = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => 1 + ((7 * i) % 60));

/** The embedding of a prompt that is padded to a multiple of `merge`, or to `padded` tokens. */
async function embed(model: Uint8Array, length: number, padded = Math.ceil(length / SHAPE.merge) * SHAPE.merge) {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const ids = new Int32Array(padded);
  ids.set(promptOf(length));
  const mask = new Float32Array(padded / SHAPE.merge).fill(1, 0, Math.ceil(length / SHAPE.merge));
  const outputs = await session.run({
    ids: new Tensor('int32', ids, [1, padded]),
    mask: new Tensor('float32', mask, [1, mask.length]),
  });
  await session.release();
  return Float32Array.from(outputs[ENCODER_OUTPUT]?.data as Float32Array);
}

async function embedInTraining(length: number): Promise<Float32Array> {
  const heads = { kinds: 0, skills: 0, columns: 0, teacherWidth: 0 };
  const state = { ...startingState(parametersOf(SHAPE, heads), 0), weights: trained.weights };
  const learner = { shape: SHAPE, heads, batch: 1, threads: 1, state };
  const [positions, tokens] = [SHAPE.maxTokens / SHAPE.merge, [promptOf(length)]];
  const batch = { positions, rows: [0] };
  const sessions = graphSessions((count) => evaluationGraph({ ...learner, positions: count }), 1);
  const data = new Float32Array(SHAPE.width);
  const inputs = new Map([
    ...parameterInputs(learner, positions, batchTokens(tokens, batch, learner)),
    ...batchMask(tokens, batch, learner),
  ]);
  await sessions.run(positions, inputs, new Map([[TRAINING_OUTPUTS.embedding, { data, shape: [1, SHAPE.width] }]]));
  await sessions.release();
  return data;
}

const largestGap = (a: Float32Array, b: Float32Array): number =>
  a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] ?? Number.NaN))), 0);
