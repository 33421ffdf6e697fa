import type { DifferentiableGraph, Value } from './differentiable-graph.ts';
import { sumToShape } from './reductions.ts';

/** Times the least normal float it is more than 1. */
const STEEPEST = 1e38;

/** `a + b`, broadcast as NumPy does. */
export function add(graph: DifferentiableGraph, a: Value, b: Value): Value {
  return graph.record(graph.emit('Add', [a, b], broadcastShape(a.shape, b.shape)), [
    { input: a, gradient: (g) => sumToShape(graph, g, a.shape) },
    { input: b, gradient: (g) => sumToShape(graph, g, b.shape) },
  ]);
}

/** `a` times a number. */
export function scale(graph: DifferentiableGraph, a: Value, factor: number): Value {
  const times = (value: Value): Value => graph.emit('Mul', [value, graph.scalar(factor)], a.shape);
  return graph.record(times(a), [{ input: a, gradient: times }]);
}

/** `max(a, 0)`; its gradient at 0 is 0. */
export function relu(graph: DifferentiableGraph, a: Value): Value {
  const output = graph.emit('Relu', [a], a.shape);
  // A hard sigmoid this steep is 1 for every positive float and 0 for 0, as Sign is, in a tenth of its time.
  const isPositive = (): Value =>
    graph.emit('HardSigmoid', [output], a.shape, { alpha: { float: STEEPEST }, beta: { float: 0 } });
  return graph.record(output, [{ input: a, gradient: (g) => graph.emit('Mul', [g, isPositive()], a.shape) }]);
}

/** `log(1 + exp(a))`. */
export function softplus(graph: DifferentiableGraph, a: Value): Value {
  const gradient = (g: Value): Value => graph.emit('Mul', [g, graph.emit('Sigmoid', [a], a.shape)], a.shape);
  return graph.record(graph.emit('Softplus', [a], a.shape), [{ input: a, gradient }]);
}

function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[a.length - rank + axis] ?? 1;
    const right = b[b.length - rank + axis] ?? 1;
    if (left !== right && left !== 1 && right !== 1) throw new Error(`shapes ${a} and ${b} do not broadcast`);
    return left === 1 ? right : left;
  });
}
