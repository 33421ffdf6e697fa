import { at } from '../../mathematics/matrix.ts';
import { ANY_LENGTH, type DifferentiableGraph, type Value } from './differentiable-graph.ts';

/**
 * Greatest whole number a linear weight is rounded to. Seven bits of eight: processors without VNNI add two products
 * in 16 bits, which 2 x 255 x 127 overflows and 2 x 255 x 63 does not, so that every machine computes the same.
 */
const LARGEST_WEIGHT = 63;
/** Greatest whole number of a token vector; these are looked up, not multiplied. */
const LARGEST_ENTRY = 127;
/** Number of `float` among ONNX's element types, to cast to. */
const FLOAT = 1;

export type Tensor = { name: string; shape: readonly number[]; values: Float32Array };

/** `x weight + bias` with one scale for each output, rounding x to 8 bits by its own range when the graph runs. */
export function quantisedLinear(
  graph: DifferentiableGraph,
  x: Value,
  { weight, bias }: { weight: Tensor; bias: Value },
): Value {
  const [, outputs = 0] = weight.shape;
  const rounded = round(weight.values, { groups: outputs, groupOf: (i) => i % outputs, largest: LARGEST_WEIGHT });
  const table = graph.onnx.int8(weight.name, weight.shape, rounded.values);
  const weightScale = graph.constant(`${weight.name} scale`, [outputs], rounded.scales);
  const [values = '', scale = '', zero = ''] = graph.emitNamed('DynamicQuantizeLinear', [x], 3);
  const [sums = ''] = graph.emitNamed('MatMulInteger', [values, table, zero], 1);
  const shape = [x.shape[0] ?? ANY_LENGTH, outputs];
  const product = graph.emit('Cast', [sums], shape, { to: FLOAT });
  const scales = graph.emit('Mul', [scale, weightScale], [outputs]);
  return graph.emit('Add', [graph.emit('Mul', [product, scales], shape), bias], shape);
}

/** Rows of a table with one scale for each row, looked up by the int input `ids`; `shape` is the result's. */
export function quantisedRows(
  graph: DifferentiableGraph,
  table: Tensor,
  { ids, shape }: { ids: string; shape: readonly number[] },
): Value {
  const [rows = 0, width = 0] = table.shape;
  const rounded = round(table.values, {
    groups: rows,
    groupOf: (i) => Math.floor(i / width),
    largest: LARGEST_ENTRY,
  });
  const stored = graph.onnx.int8(table.name, table.shape, rounded.values);
  const scales = graph.constant(`${table.name} scale`, [rows, 1], rounded.scales);
  const [looked = ''] = graph.emitNamed('Gather', [stored, ids], 1, { axis: 0 });
  const scale = graph.emit('Gather', [scales, ids], [...shape.slice(0, -1), 1], { axis: 0 });
  return graph.emit('Mul', [graph.emit('Cast', [looked], shape, { to: FLOAT }), scale], shape);
}

type Rounded = { values: Int8Array; scales: Float32Array };
type Rounding = { groups: number; groupOf: (index: number) => number; largest: number };

/** Numbers over their group's scale, which takes the largest of the group to `largest`. */
function round(values: Float32Array, { groups, groupOf, largest }: Rounding): Rounded {
  const scales = new Float32Array(groups);
  for (let i = 0; i < values.length; i += 1) {
    const group = groupOf(i);
    scales[group] = Math.max(at(scales, group), Math.abs(at(values, i)) / largest);
  }
  const rounded = new Int8Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const scale = at(scales, groupOf(i));
    rounded[i] = scale === 0 ? 0 : Math.round(at(values, i) / scale);
  }
  return { values: rounded, scales };
}
