import { DifferentiableGraph, type Value } from '../graph/differentiable-graph.ts';
import { add, scale, softplus } from '../graph/elementwise.ts';
import { encoderForward } from '../graph/encoder-forward.ts';
import { encoderParameters, POSITIONS, TOKEN_TABLE } from '../graph/encoder-parameters.ts';
import { logSoftmax, unitLength } from '../graph/normalisations.ts';
import { type Affine, linear, matrixProduct } from '../graph/products.ts';
import { weightedSum } from '../graph/reductions.ts';
import type { EncoderShape } from '../text-encoder.ts';
import { type HeadShape, headParameters } from './head-shape.ts';

/** Inputs of a training graph besides its parameters. Targets come multiplied by what they weigh in the loss. */
export const TRAINING_INPUTS = {
  tokenVectors: 'token vectors',
  attentionBias: 'attention bias',
  pooling: 'pooling',
  kinds: 'kind weights',
  replyOffsets: 'reply offsets',
  replyWeights: 'reply weights',
  replyScores: 'weighted reply scores',
  abilities: 'abilities',
  teacher: 'weighted teacher',
} as const;

/** Outputs; the gradient of a parameter, or of the token vectors, is `gradientOf` its name. */
export const TRAINING_OUTPUTS = {
  loss: 'loss',
  embedding: 'embedding',
  kindLogits: 'kind logits',
  replyLogits: 'reply logits',
  imitation: 'imitation',
} as const;
export const gradientOf = (name: string): string => `gradient of ${name}`;

export type TrainingGraphShape = {
  shape: EncoderShape;
  heads: HeadShape;
  batch: number;
  /** Positions every prompt of the batch is padded to. */
  positions: number;
};

/** Loss and its gradients for one batch. */
export function trainingGraph(of: TrainingGraphShape): Uint8Array {
  const { graph, parameters, embedding } = batchGraph(of);
  const loss = addLoss(graph, of, addHeads(graph, of, { parameters, embedding }));
  const wanted = [...parameters.values()];
  graph.output(TRAINING_OUTPUTS.loss, loss);
  graph.gradients(loss, wanted).forEach((gradient, i) => {
    graph.output(gradientOf(wanted[i]?.name ?? ''), gradient);
  });
  return graph.onnx.encode();
}

/** Embeddings and what the heads tell from them, without the backward pass. */
export function evaluationGraph(of: TrainingGraphShape): Uint8Array {
  const { graph, parameters, embedding } = batchGraph(of);
  graph.output(TRAINING_OUTPUTS.embedding, embedding);
  for (const [name, value] of addHeads(graph, of, { parameters, embedding })) graph.output(name, value);
  return graph.onnx.encode();
}

type Encoded = { parameters: ReadonlyMap<string, Value>; embedding: Value };

function batchGraph(of: TrainingGraphShape): Encoded & { graph: DifferentiableGraph } {
  const { shape, heads, batch, positions } = of;
  const graph = new DifferentiableGraph();
  const tokens = [batch * positions, shape.merge * shape.tokenWidth];
  const parameters = new Map<string, Value>([
    [TRAINING_INPUTS.tokenVectors, graph.parameter(TRAINING_INPUTS.tokenVectors, tokens)],
  ]);
  for (const { name, shape: size } of [...encoderParameters(shape), ...headParameters(shape.width, heads)]) {
    if (name === TOKEN_TABLE) continue;
    // Shorter batches see the first positions only, so their gradient is as long as they are.
    const own = name === POSITIONS ? [positions, shape.width] : size;
    parameters.set(name, graph.parameter(name, own));
  }
  const parameter = (name: string): Value => found(parameters, name);
  const embedding = encoderForward(graph, shape, {
    batch,
    positions,
    tokens: parameter(TRAINING_INPUTS.tokenVectors),
    positionVectors: parameter(POSITIONS),
    attentionBias: graph.input(TRAINING_INPUTS.attentionBias, [batch, 1, 1, positions]),
    pooling: graph.input(TRAINING_INPUTS.pooling, [batch, 1, positions]),
    parameter,
    linear: (x, name) => linear(graph, x, affine(parameters, name)),
  });
  return { graph, parameters, embedding };
}

/** What the heads tell, by the names of the outputs. */
type Told = ReadonlyMap<string, Value>;

function addHeads(graph: DifferentiableGraph, of: TrainingGraphShape, { parameters, embedding }: Encoded): Told {
  const { batch, shape, heads } = of;
  // Unit vectors are small numbers; heads learn faster from components of size one.
  const features = scale(graph, embedding, Math.sqrt(shape.width));
  const told = new Map<string, Value>();
  const head = (name: string): Value => linear(graph, features, affine(parameters, name));
  if (parameters.has('kinds weight')) told.set(TRAINING_OUTPUTS.kindLogits, head('kinds'));
  if (parameters.has('skills weight')) {
    const abilities = graph.input(TRAINING_INPUTS.abilities, [heads.skills, heads.columns]);
    const offsets = graph.input(TRAINING_INPUTS.replyOffsets, [batch, heads.columns]);
    told.set(TRAINING_OUTPUTS.replyLogits, add(graph, matrixProduct(graph, head('skills'), abilities), offsets));
  }
  if (parameters.has('teacher weight')) told.set(TRAINING_OUTPUTS.imitation, unitLength(graph, head('teacher')));
  return told;
}

function addLoss(graph: DifferentiableGraph, { batch, heads }: TrainingGraphShape, told: Told): Value {
  const terms: Value[] = [];
  const weighted = (value: Value, input: string, columns: number): Value =>
    weightedSum(graph, value, graph.input(input, [batch, columns]));
  const reward = (value: Value, input: string, columns: number): void => {
    terms.push(scale(graph, weighted(value, input, columns), -1));
  };
  const kinds = told.get(TRAINING_OUTPUTS.kindLogits);
  if (kinds !== undefined) reward(logSoftmax(graph, kinds), TRAINING_INPUTS.kinds, heads.kinds);
  const replies = told.get(TRAINING_OUTPUTS.replyLogits);
  if (replies !== undefined) {
    // Cross-entropy from logits: softplus(logit) - score * logit.
    terms.push(weighted(softplus(graph, replies), TRAINING_INPUTS.replyWeights, heads.columns));
    reward(replies, TRAINING_INPUTS.replyScores, heads.columns);
  }
  const imitation = told.get(TRAINING_OUTPUTS.imitation);
  if (imitation !== undefined) reward(imitation, TRAINING_INPUTS.teacher, heads.teacherWidth);
  return terms.reduce((sum, term) => add(graph, sum, term));
}

function affine(parameters: ReadonlyMap<string, Value>, name: string): Affine {
  return { weight: found(parameters, `${name} weight`), bias: found(parameters, `${name} bias`) };
}

function found(parameters: ReadonlyMap<string, Value>, name: string): Value {
  const value = parameters.get(name);
  if (value === undefined) throw new Error(`the encoder has no parameter ${name}`);
  return value;
}
