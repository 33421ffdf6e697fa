import { seededRandom } from '@pointsman/statistics';
import type { EncoderShape } from '../text-encoder.ts';
import { learningRateAt } from './adamw.ts';
import {
  batchExpectations,
  batchMask,
  batchTargets,
  batchTokens,
  type IndexedTargets,
  indexTargets,
} from './batch-inputs.ts';
import { checkTrainingData } from './check-training-data.ts';
import { encodeCheckpoint, type Progress, restoreCheckpoint } from './checkpoint.ts';
import { headShapeOf } from './head-shape.ts';
import type { HeldLosses } from './held-losses.ts';
import { startingState } from './learned-state.ts';
import { measureHeld } from './measure-held.ts';
import { type Batch, planEpoch, rowsByLength } from './plan-epoch.ts';
import { fingerprintOf, settingsOf, type TrainEncoderOptions, type TrainingSettings } from './training-options.ts';
import { type Learner, parametersOf, type StepInput, type TrainingSteps, trainingSteps } from './training-step.ts';

/** A trained encoder, with the heads it was trained through. */
export type TrainedEncoder = {
  shape: EncoderShape;
  /** By the names of `encoderParameters` and `headParameters`. */
  weights: ReadonlyMap<string, Float32Array>;
  /** What was measured on the prompts held out, by epoch; empty where none were. */
  epochs: readonly HeldLosses[];
};

/**
 * Trains an encoder to tell kinds, replies' scores and, if there is one, a teacher's vectors: onnxruntime runs the
 * forward and backward pass, AdamW runs here. Goes on from the checkpoint where there is one, to the same weights as
 * without the interruption. Blocks the thread in stretches of one step.
 */
export async function trainEncoder(options: TrainEncoderOptions): Promise<TrainedEncoder> {
  const training = prepare(options);
  const { learner, fingerprint } = training;
  const saved = await options.checkpoint?.load();
  let progress: Progress = { fingerprint, step: 0, epochs: [] };
  if (saved !== undefined) progress = restoreCheckpoint(saved, fingerprint, learner.state);
  const steps = trainingSteps(learner);
  try {
    const perEpoch = training.planOf(0).length;
    for (let epoch = Math.floor(progress.step / perEpoch); epoch < training.settings.epochs; epoch += 1)
      progress = await trainEpoch(training, steps, { epoch, progress });
  } finally {
    await steps.release();
  }
  return { shape: options.shape, weights: learner.state.weights, epochs: progress.epochs };
}

type Training = {
  options: TrainEncoderOptions;
  settings: TrainingSettings;
  fingerprint: string;
  targets: IndexedTargets;
  learner: Learner;
  held: readonly Batch[];
  planOf: (epoch: number) => Batch[];
  secondsLeft: (done: Batch, left: number) => number;
};

function prepare(options: TrainEncoderOptions): Training {
  const { shape, tokens, targets } = options;
  checkTrainingData(shape, tokens, targets);
  const settings = settingsOf(options);
  const { batch, seed } = settings;
  const heads = headShapeOf(targets);
  const byLength = rowsByLength(options.rows, tokens, shape);
  return {
    options,
    settings,
    fingerprint: fingerprintOf(options, settings),
    targets: indexTargets(targets, tokens.length),
    learner: {
      shape,
      heads,
      batch,
      threads: options.intraOpNumThreads ?? 2,
      state: startingState(parametersOf(shape, heads), seed),
    },
    held: planEpoch(rowsByLength(options.held, tokens, shape), batch, seededRandom(seed)),
    planOf: (epoch) => planEpoch(byLength, batch, seededRandom(`${seed} order of epoch ${epoch}`)),
    secondsLeft: estimateSecondsLeft(options.now),
  };
}

type Place = { epoch: number; progress: Progress };

/** The steps of an epoch that are still to be done, and what is measured at its end. */
async function trainEpoch(training: Training, steps: TrainingSteps, { epoch, progress }: Place): Promise<Progress> {
  const { options, settings, learner, targets } = training;
  const plan = training.planOf(epoch);
  const total = settings.epochs * plan.length;
  const work = (batches: readonly Batch[]): number => batches.reduce((sum, { positions }) => sum + positions, 0);
  const later = (settings.epochs - epoch - 1) * work(plan);
  const save = async (to: Progress): Promise<void> => options.checkpoint?.save(encodeCheckpoint(to, learner.state));
  let current = progress;
  for (const [i, batch] of plan.entries()) {
    const step = epoch * plan.length + i + 1;
    if (step <= progress.step) continue;
    const loss = await steps.learn(stepInput(training, batch, { step, total }));
    const isLast = i === plan.length - 1;
    current = { ...current, step };
    if (isLast && training.held.length > 0) {
      const held = { tokens: options.tokens, targets, batches: training.held };
      current = { ...current, epochs: [...current.epochs, await measureHeld(learner, held, settings.lossWeights)] };
    }
    const heldLoss = isLast ? current.epochs.at(-1)?.loss : undefined;
    const secondsLeft = training.secondsLeft(batch, later + work(plan.slice(i + 1)));
    options.onProgress?.({ step, steps: total, loss, heldLoss, secondsLeft });
    if (isLast || step % (options.checkpointEvery ?? 200) === 0) await save(current);
  }
  return current;
}

function stepInput(training: Training, batch: Batch, { step, total }: { step: number; total: number }): StepInput {
  const { options, settings, learner, targets } = training;
  // Drawn by step and not from one long stream, so that a resumed training draws the same.
  const random = seededRandom(`${settings.seed} dropout of step ${step}`);
  const learningRate = learningRateAt(step - 1, total, { peak: settings.learningRate, warmUp: settings.warmUp });
  const inputs = new Map([
    ...batchMask(options.tokens, batch, learner),
    ...batchExpectations(targets, batch.rows, learner),
    ...batchTargets(targets, batch.rows, { ...learner, ...settings.lossWeights }),
  ]);
  return {
    positions: batch.positions,
    ids: batchTokens(options.tokens, batch, learner, { probability: settings.tokenDropout, random }),
    inputs,
    learningRate,
    tokenLearningRate: settings.tokenRateFactor * learningRate,
    gradientNorm: settings.gradientNorm,
    step,
  };
}

/** Extrapolates by padded positions, which is what steps of different lengths cost. */
function estimateSecondsLeft(now: () => number): Training['secondsLeft'] {
  const started = now();
  let done = 0;
  return ({ positions }, left) => {
    done += positions;
    return ((now() - started) / 1000 / done) * left;
  };
}
