import { at } from '../../mathematics/matrix.ts';
import { encoderParameters, type Parameter, POSITIONS, sizeOf, TOKEN_TABLE } from '../graph/encoder-parameters.ts';
import type { EncoderShape } from '../text-encoder.ts';
import { adamw, sumOfSquares } from './adamw.ts';
import { type Arrays, type GraphSessions, graphSessions } from './graph-sessions.ts';
import { type HeadShape, headParameters } from './head-shape.ts';
import { type LearnedState, ofParameter, tokenTableOf } from './learned-state.ts';
import { gatherRows, sumByToken, updateRows } from './token-table.ts';
import { gradientOf, TRAINING_INPUTS, TRAINING_OUTPUTS, trainingGraph } from './training-graph.ts';

/** A model under training: its sizes, what it has learned, and how many prompts it takes at once. */
export type Learner = { shape: EncoderShape; heads: HeadShape; batch: number; threads: number; state: LearnedState };

export type StepInput = {
  positions: number;
  /** Token ids of the batch, padded. */
  ids: Int32Array;
  /** Mask and targets. */
  inputs: Arrays;
  learningRate: number;
  /** Of the token vectors. */
  tokenLearningRate: number;
  gradientNorm: number;
  /** Steps done, this one included. */
  step: number;
};

/** Learns from one batch after another; each call returns the batch's loss before the update. */
export type TrainingSteps = { learn(input: StepInput): Promise<number>; release(): Promise<void> };

export function parametersOf(shape: EncoderShape, heads: HeadShape): Parameter[] {
  return [...encoderParameters(shape), ...headParameters(shape.width, heads)];
}

export function trainingSteps(learner: Learner): TrainingSteps {
  const { shape, heads, batch } = learner;
  const sessions = graphSessions((positions) => trainingGraph({ shape, heads, batch, positions }), learner.threads);
  const gradients = gradientBuffers(learner);
  return {
    learn: (input) => learn(learner, { sessions, gradients }, input),
    release: () => sessions.release(),
  };
}

/** The weights, and the token vectors of a batch, as a graph takes them. */
export function parameterInputs(learner: Learner, positions: number, ids: Int32Array): Arrays {
  const { shape, heads, state } = learner;
  const table = tokenTableOf(state, shape.tokenWidth);
  const vectors = new Float32Array(ids.length * table.width);
  gatherRows(table, ids, vectors);
  const rows = ids.length / shape.merge;
  return new Map([
    [TRAINING_INPUTS.tokenVectors, { data: vectors, shape: [rows, shape.merge * table.width] }],
    ...denseParameters(shape, heads).map(({ name, shape: full }) => {
      const own = name === POSITIONS ? [positions, shape.width] : full;
      return [name, { data: ofParameter(state.weights, name).subarray(0, sizeOf(own)), shape: own }] as const;
    }),
  ]);
}

type Buffers = ReadonlyMap<string, Float32Array>;
type Running = { sessions: GraphSessions; gradients: Buffers };

async function learn(learner: Learner, { sessions, gradients }: Running, input: StepInput): Promise<number> {
  const parameters = parameterInputs(learner, input.positions, input.ids);
  const towards = Array.from(parameters, ([name, { shape }]) => {
    const data = ofParameter(gradients, name).subarray(0, sizeOf(shape));
    return [name, { data, shape }] as const;
  });
  const loss = { data: new Float32Array(1), shape: [] };
  const outputs = new Map(towards.map(([name, gradient]) => [gradientOf(name), gradient] as const));
  outputs.set(TRAINING_OUTPUTS.loss, loss);
  await sessions.run(input.positions, new Map([...parameters, ...input.inputs]), outputs);
  update(learner, input, new Map(towards.map(([name, { data }]) => [name, data])));
  return at(loss.data, 0);
}

/** Throws where the gradient is not finite, before anything has changed. */
function update({ state, shape }: Learner, input: StepInput, gradients: Buffers): void {
  const { learningRate, tokenLearningRate, step } = input;
  const dense = [...gradients].filter(([name]) => name !== TRAINING_INPUTS.tokenVectors);
  const rows = sumByToken(input.ids, ofParameter(gradients, TRAINING_INPUTS.tokenVectors), shape.tokenWidth);
  const squares = dense.reduce((sum, [, gradient]) => sum + sumOfSquares(gradient), sumOfSquares(rows.values));
  if (!Number.isFinite(squares))
    throw new Error(`training diverged at step ${step}: a gradient is not finite; lower the learning rate`);
  const clip = Math.min(1, input.gradientNorm / Math.sqrt(squares));
  for (const [name, gradient] of dense) {
    // Biases, norms and positions are few and have no reason to be small.
    const decays = name.endsWith(' weight');
    const moments = ofParameter(state.moments, name);
    adamw(ofParameter(state.weights, name), gradient, moments, { learningRate, clip, updates: step, decays });
  }
  updateRows(tokenTableOf(state, shape.tokenWidth), rows, { learningRate: tokenLearningRate, clip, decays: false });
}

function gradientBuffers({ shape, heads, batch }: Learner): Buffers {
  const buffers = new Map([[TRAINING_INPUTS.tokenVectors as string, batch * shape.maxTokens * shape.tokenWidth]]);
  for (const parameter of denseParameters(shape, heads)) buffers.set(parameter.name, sizeOf(parameter.shape));
  return new Map(Array.from(buffers, ([name, size]) => [name, new Float32Array(size)]));
}

function denseParameters(shape: EncoderShape, heads: HeadShape): Parameter[] {
  return parametersOf(shape, heads).filter(({ name }) => name !== TOKEN_TABLE);
}
