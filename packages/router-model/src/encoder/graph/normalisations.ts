import type { DifferentiableGraph, Value } from './differentiable-graph.ts';
import { sumToShape } from './reductions.ts';

/** Keeps the length of an all-zero row above zero; far below what a float of ordinary size can notice. */
const LEAST_SQUARED_LENGTH = 1e-12;
const LAYER_NORM_EPSILON = 1e-5;

/** Softmax over the last axis. */
export function softmax(graph: DifferentiableGraph, a: Value): Value {
  const output = graph.emit('Softmax', [a], a.shape, { axis: -1 });
  const gradient = (g: Value): Value => {
    const weighted = graph.emit('Mul', [g, output], a.shape);
    const pulled = graph.emit('Mul', [output, rowSums(graph, weighted)], a.shape);
    return graph.emit('Sub', [weighted, pulled], a.shape);
  };
  return graph.record(output, [{ input: a, gradient }]);
}

/** Logarithm of the softmax over the last axis. */
export function logSoftmax(graph: DifferentiableGraph, a: Value): Value {
  const output = graph.emit('LogSoftmax', [a], a.shape, { axis: -1 });
  const gradient = (g: Value): Value => {
    const probabilities = graph.emit('Exp', [output], a.shape);
    return graph.emit('Sub', [g, graph.emit('Mul', [probabilities, rowSums(graph, g)], a.shape)], a.shape);
  };
  return graph.record(output, [{ input: a, gradient }]);
}

/** Rows scaled to length 1; an all-zero row stays. */
export function unitLength(graph: DifferentiableGraph, a: Value): Value {
  const [rows = 0] = a.shape;
  const squares = graph.emit('ReduceSumSquare', [a], [rows, 1], { axes: [-1], keepdims: 1 });
  const positive = graph.emit('Add', [squares, graph.scalar(LEAST_SQUARED_LENGTH)], [rows, 1]);
  const length = graph.emit('Sqrt', [positive], [rows, 1]);
  const output = graph.emit('Div', [a, length], a.shape);
  const gradient = (g: Value): Value => {
    const along = rowSums(graph, graph.emit('Mul', [g, output], a.shape));
    const across = graph.emit('Sub', [g, graph.emit('Mul', [output, along], a.shape)], a.shape);
    return graph.emit('Div', [across, length], a.shape);
  };
  return graph.record(output, [{ input: a, gradient }]);
}

export type NormParameters = { scale: Value; shift: Value };

/** Rows (N x width) brought to mean 0 and variance 1, then scaled and shifted by column (Ba, Kiros, Hinton 2016). */
export function layerNorm(graph: DifferentiableGraph, x: Value, { scale, shift }: NormParameters): Value {
  const [rows = 0, width = 1] = x.shape;
  const attributes = { axis: -1, epsilon: { float: LAYER_NORM_EPSILON } };
  const [name = '', mean = '', inverse = ''] = graph.emitNamed('LayerNormalization', [x, scale, shift], 3, attributes);
  const standard = (): Value => graph.emit('Mul', [graph.emit('Sub', [x, mean], x.shape), inverse], x.shape);
  const towardsX = (g: Value): Value => {
    const scaled = graph.emit('Mul', [g, scale], x.shape);
    const meanOf = (value: Value): Value =>
      graph.emit('Mul', [rowSums(graph, value), graph.scalar(1 / width)], [rows, 1]);
    const along = meanOf(graph.emit('Mul', [scaled, standard()], x.shape));
    const centred = graph.emit('Sub', [scaled, meanOf(scaled)], x.shape);
    const across = graph.emit('Sub', [centred, graph.emit('Mul', [standard(), along], x.shape)], x.shape);
    return graph.emit('Mul', [across, inverse], x.shape);
  };
  return graph.record({ name, shape: x.shape }, [
    { input: x, gradient: towardsX },
    {
      input: scale,
      gradient: (g) => sumToShape(graph, graph.emit('Mul', [g, standard()], x.shape), scale.shape),
    },
    { input: shift, gradient: (g) => sumToShape(graph, g, shift.shape) },
  ]);
}

function rowSums(graph: DifferentiableGraph, a: Value): Value {
  const axes = graph.integers([a.shape.length - 1]);
  return graph.emit('ReduceSum', [a, axes], [...a.shape.slice(0, -1), 1], { keepdims: 1 });
}
