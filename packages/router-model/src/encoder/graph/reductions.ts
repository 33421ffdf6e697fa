import type { DifferentiableGraph, Value } from './differentiable-graph.ts';

/** Sum of all `a * weights`, a scalar, differentiable in `a` alone. */
export function weightedSum(graph: DifferentiableGraph, a: Value, weights: Value): Value {
  const products = graph.emit('Mul', [a, weights], a.shape);
  const gradient = (g: Value): Value => graph.emit('Mul', [g, weights], a.shape);
  return graph.record(sumOver(graph, products, axesOf(a.shape)), [{ input: a, gradient }]);
}

/** Sums away what broadcasting from `shape` has added. Not differentiable: for use in backward rules. */
export function sumToShape(graph: DifferentiableGraph, a: Value, shape: readonly number[]): Value {
  const lead = a.shape.length - shape.length;
  const axes = axesOf(a.shape).filter((axis) => axis < lead || shape[axis - lead] !== a.shape[axis]);
  if (axes.length === 0) return a;
  const summed = sumOver(graph, a, axes);
  const isShaped = summed.shape.join() === shape.join();
  return isShaped ? summed : graph.emit('Reshape', [summed, graph.integers(shape)], shape);
}

function sumOver(graph: DifferentiableGraph, a: Value, axes: readonly number[]): Value {
  const shape = a.shape.filter((_, axis) => !axes.includes(axis));
  return graph.emit('ReduceSum', [a, graph.integers(axes)], shape, { keepdims: 0 });
}

function axesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => axis);
}
