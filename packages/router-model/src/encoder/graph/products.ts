import type { DifferentiableGraph, Value } from './differentiable-graph.ts';
import { sumToShape } from './reductions.ts';

export type Affine = { weight: Value; bias: Value };

/** `x weight + bias` of rows x (N x inputs), with a weight of inputs x outputs. */
export function linear(graph: DifferentiableGraph, x: Value, { weight, bias }: Affine): Value {
  const [rows = 0, inputs = 0] = x.shape;
  const [, outputs = 0] = weight.shape;
  return graph.record(graph.emit('Gemm', [x, weight, bias], [rows, outputs]), [
    { input: x, gradient: (g) => graph.emit('Gemm', [g, weight], [rows, inputs], { transB: 1 }) },
    { input: weight, gradient: (g) => graph.emit('Gemm', [x, g], [inputs, outputs], { transA: 1 }) },
    { input: bias, gradient: (g) => sumToShape(graph, g, bias.shape) },
  ]);
}

/** Matrix product `a b` over the last two axes; the axes before them must agree. */
export function matrixProduct(graph: DifferentiableGraph, a: Value, b: Value): Value {
  return graph.record(product(graph, a, b), [
    { input: a, gradient: (g) => product(graph, g, swapped(graph, b)) },
    { input: b, gradient: (g) => product(graph, swapped(graph, a), g) },
  ]);
}

/** Matrix product `a b'` over the last two axes. */
export function productWithTransposed(graph: DifferentiableGraph, a: Value, b: Value): Value {
  return graph.record(product(graph, a, swapped(graph, b)), [
    { input: a, gradient: (g) => product(graph, g, b) },
    { input: b, gradient: (g) => product(graph, swapped(graph, g), a) },
  ]);
}

function product(graph: DifferentiableGraph, a: Value, b: Value): Value {
  return graph.emit('MatMul', [a, b], [...a.shape.slice(0, -1), b.shape.at(-1) ?? 0]);
}

/** The last two axes swapped; onnxruntime folds it into the product. */
function swapped(graph: DifferentiableGraph, a: Value): Value {
  const axes = a.shape.map((_, axis) => axis);
  const order = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  return graph.emit(
    'Transpose',
    [a],
    order.map((axis) => a.shape[axis] ?? 0),
    { perm: order },
  );
}
