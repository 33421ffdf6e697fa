import type { EncoderShape } from '../text-encoder.ts';
import type { DifferentiableGraph, Value } from './differentiable-graph.ts';
import { add, relu, scale } from './elementwise.ts';
import { parts, reshape, transpose } from './layout.ts';
import { layerNorm, softmax, unitLength } from './normalisations.ts';
import { matrixProduct, productWithTransposed } from './products.ts';

/** Added to the attention that padding would get: far below any score. */
export const MASKED_SCORE = -1e4;

/** What the encoder reads, and the weights it reads it with. */
export type EncoderInputs = {
  batch: number;
  /** Positions of each prompt; `ANY_LENGTH` where they are known only when the graph runs, for a batch of 1. */
  positions: number;
  /** (batch * positions) x (merge * tokenWidth): neighbouring token vectors side by side. */
  tokens: Value;
  /** Positions x width. */
  positionVectors: Value;
  /** Batch x 1 x 1 x positions: 0 where there is text, `MASKED_SCORE` where there is padding. */
  attentionBias: Value;
  /** Batch x 1 x positions: each position's share in the mean. */
  pooling: Value;
  parameter: (name: string) => Value;
  linear: (x: Value, name: string) => Value;
};

/**
 * The encoder's forward pass, batch x width, rows of length 1: a funnel stem that merges neighbouring tokens, then a
 * transformer with the norms before its sublayers (Xiong et al. 2020), which trains without a long warm-up. Training
 * and inference both build it from here.
 */
export function encoderForward(graph: DifferentiableGraph, shape: EncoderShape, inputs: EncoderInputs): Value {
  const { batch, positions, positionVectors, pooling } = inputs;
  const { width } = shape;
  const rows = [batch * positions, width];
  const merged = reshape(graph, inputs.linear(inputs.tokens, 'stem'), [batch, positions, width]);
  const placed = reshape(graph, add(graph, merged, positionVectors), rows);
  let x = norm(graph, inputs, placed, 'stem norm');
  for (let layer = 0; layer < shape.layers; layer += 1) {
    const name = `layer ${layer}`;
    const attended = attention(graph, shape, inputs, { x: norm(graph, inputs, x, `${name} attention norm`), name });
    x = add(graph, x, attended);
    const hidden = relu(graph, inputs.linear(norm(graph, inputs, x, `${name} hidden norm`), `${name} hidden`));
    x = add(graph, x, inputs.linear(hidden, `${name} output`));
  }
  const last = reshape(graph, norm(graph, inputs, x, 'last norm'), [batch, positions, width]);
  return unitLength(graph, reshape(graph, matrixProduct(graph, pooling, last), [batch, width]));
}

type Layer = { x: Value; name: string };

function attention(graph: DifferentiableGraph, shape: EncoderShape, inputs: EncoderInputs, { x, name }: Layer): Value {
  const { batch, positions } = inputs;
  const { width, attentionHeads } = shape;
  const headWidth = width / attentionHeads;
  const together = reshape(graph, inputs.linear(x, `${name} attention`), [
    batch,
    positions,
    3,
    attentionHeads,
    headWidth,
  ]);
  const byPart = transpose(graph, together, [2, 0, 3, 1, 4]);
  // One axis for parts and batch: else onnxruntime moves the transposition past the cut, where it costs more.
  const stacked = reshape(graph, byPart, [3 * batch, attentionHeads, positions, headWidth]);
  const [query, key, value] = parts(graph, stacked, 3);
  if (query === undefined || key === undefined || value === undefined) throw new Error('attention needs three parts');
  const scores = scale(graph, productWithTransposed(graph, query, key), 1 / Math.sqrt(headWidth));
  const shares = softmax(graph, add(graph, scores, inputs.attentionBias));
  const mixed = transpose(graph, matrixProduct(graph, shares, value), [0, 2, 1, 3]);
  return inputs.linear(reshape(graph, mixed, [batch * positions, width]), `${name} attended`);
}

function norm(graph: DifferentiableGraph, { parameter }: EncoderInputs, x: Value, name: string): Value {
  return layerNorm(graph, x, { scale: parameter(`${name} scale`), shift: parameter(`${name} shift`) });
}
