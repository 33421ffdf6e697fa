import { createHash } from 'node:crypto';
import type { EncoderShape, EncoderTargets } from '../text-encoder.ts';
import type { LossWeights } from './batch-inputs.ts';

export type TrainEncoderOptions = {
  shape: EncoderShape;
  /** Token ids by prompt, unpadded, 1 to `maxTokens` of them, none 0. */
  tokens: readonly Int32Array[];
  targets: EncoderTargets;
  /** Prompts to learn from. */
  rows: Int32Array;
  /** Prompts to measure on after each epoch and never to learn from; may be empty. */
  held: Int32Array;
  /** Same data, options, seed and number of threads: same weights, to the bit. */
  seed: number;
  epochs: number;
  /** Prompts per step; default 32. */
  batch?: number | undefined;
  /** Highest learning rate; default 1e-3. */
  learningRate?: number | undefined;
  /**
   * How many times faster token vectors learn, each of which is seen in few steps; default 5. With 1, held-out loss
   * after two short epochs over 6,000 prompts was a tenth higher.
   */
  tokenRateFactor?: number | undefined;
  /** Share of the steps over which the learning rate rises; default 0.06. */
  warmUp?: number | undefined;
  /** Length to which longer gradients are cut; default 1. */
  gradientNorm?: number | undefined;
  /** Chance with which a token is hidden from one step, against learning single words by heart; default 0.1. */
  tokenDropout?: number | undefined;
  /** What each task weighs, and label smoothing; default 1 for kinds, 2 for replies, 2 for the teacher, 0.05. */
  lossWeights?: Partial<LossWeights> | undefined;
  /** Default 2. */
  intraOpNumThreads?: number | undefined;
  /** Where to keep what was learned, so that training can go on after an interruption. */
  checkpoint?: Checkpoint | undefined;
  /** Steps between checkpoints; each epoch ends with one besides. Default 200. */
  checkpointEvery?: number | undefined;
  /** Told after each step. */
  onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /** Milliseconds on a clock that never goes back. */
  now: () => number;
};

export type Checkpoint = {
  load(): Promise<Uint8Array | undefined>;
  save(bytes: Uint8Array): Promise<void>;
};

export type TrainingProgress = {
  /** Steps done, of `steps`. */
  step: number;
  steps: number;
  /** Of this step's batch, comparable with `heldLoss`. */
  loss: number;
  /** Given where an epoch ends with prompts held out. */
  heldLoss?: number | undefined;
  secondsLeft: number;
};

export type TrainingSettings = {
  epochs: number;
  seed: number;
  batch: number;
  learningRate: number;
  tokenRateFactor: number;
  warmUp: number;
  gradientNorm: number;
  tokenDropout: number;
  lossWeights: LossWeights;
};

/** The settings with defaults filled in. Throws where one is out of range or there is nothing to train on. */
export function settingsOf(options: TrainEncoderOptions): TrainingSettings {
  const settings = {
    epochs: options.epochs,
    seed: options.seed,
    batch: options.batch ?? 32,
    learningRate: options.learningRate ?? 1e-3,
    tokenRateFactor: options.tokenRateFactor ?? 5,
    warmUp: options.warmUp ?? 0.06,
    gradientNorm: options.gradientNorm ?? 1,
    tokenDropout: options.tokenDropout ?? 0.1,
    lossWeights: { kinds: 1, replies: 2, teacher: 2, labelSmoothing: 0.05, ...options.lossWeights },
  };
  if (options.rows.length === 0) throw new RangeError('there are no prompts to train on');
  for (const name of ['epochs', 'batch'] as const)
    if (!Number.isInteger(settings[name]) || settings[name] < 1)
      throw new RangeError(`${name} must be a whole number from 1, got ${settings[name]}`);
  return settings;
}

/** Hexadecimal digest of everything that decides what training learns, the number of threads apart. */
export function fingerprintOf(options: TrainEncoderOptions, settings: TrainingSettings): string {
  const { targets, shape } = options;
  const { kinds, replies, abilities, teacher } = targets;
  const hash = createHash('sha256').update(JSON.stringify({ shape, settings }));
  const arrays = [
    options.rows,
    options.held,
    kinds.data,
    ...Object.values(replies),
    abilities.data,
    ...(teacher === undefined ? [] : [teacher.data]),
    ...options.tokens,
  ];
  // Lengths first, so that no two lists of arrays look alike.
  hash.update(Int32Array.from(arrays, ({ length }) => length));
  for (const array of arrays) hash.update(array);
  return hash.digest('hex').slice(0, 16);
}
