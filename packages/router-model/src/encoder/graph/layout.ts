import type { DifferentiableGraph, Value } from './differentiable-graph.ts';

/** The same numbers in the same order under another shape, in which one length may be `ANY_LENGTH`. */
export function reshape(graph: DifferentiableGraph, a: Value, shape: readonly number[]): Value {
  const shaped = (value: Value, to: readonly number[]): Value => graph.emit('Reshape', [value, graph.integers(to)], to);
  return graph.record(shaped(a, shape), [{ input: a, gradient: (g) => shaped(g, a.shape) }]);
}

/** Axis `i` of the result is axis `order[i]` of `a`. */
export function transpose(graph: DifferentiableGraph, a: Value, order: readonly number[]): Value {
  const back = order.map((_, axis) => order.indexOf(axis));
  return graph.record(transposed(graph, a, order), [{ input: a, gradient: (g) => transposed(graph, g, back) }]);
}

/** Cuts the first axis, of known length, into `count` equal parts. */
export function parts(graph: DifferentiableGraph, a: Value, count: number): Value[] {
  const [length = 0, ...rest] = a.shape;
  const lengths = graph.integers(Array.from({ length: count }, () => length / count));
  const outputs = graph
    .emitNamed('Split', [a, lengths], count, { axis: 0 })
    .map((name): Value => ({ name, shape: [length / count, ...rest] }));
  const gradient = (gradients: readonly Value[]): Value => graph.emit('Concat', gradients, a.shape, { axis: 0 });
  graph.recordSplit(outputs, [{ input: a, gradient }]);
  return outputs;
}

function transposed(graph: DifferentiableGraph, a: Value, order: readonly number[]): Value {
  const shape = order.map((axis) => a.shape[axis] ?? 0);
  return graph.emit('Transpose', [a], shape, { perm: order });
}
