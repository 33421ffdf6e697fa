import { ProtobufWriter } from './protobuf-writer.ts';

/** Element types of ONNX tensors used here, with their numbers in onnx.proto3. */
const ELEMENT_TYPES = { float32: 1, int8: 3, int32: 6, int64: 7 } as const;
export type ElementType = keyof typeof ELEMENT_TYPES;

/** An attribute: integers as numbers, floats wrapped so that `1` and `1.0` differ. */
export type Attribute = number | readonly number[] | { float: number };
export type Attributes = Readonly<Record<string, Attribute>>;
type Node = { op: string; inputs: readonly string[]; outputs: readonly string[]; attributes: Attributes };
type Value = { name: string; type: ElementType; shape: readonly (number | string)[] };
type Tensor = { name: string; type: ElementType; shape: readonly number[]; bytes: Uint8Array };

const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;
// Opset 17 and IR 8 run on every onnxruntime since 1.14; the graph needs nothing newer.
const OPSET_VERSION = 17;
const IR_VERSION = 8;

/** Builds an ONNX model node by node. Field numbers are those of onnx.proto3. */
export class OnnxGraph {
  readonly #nodes: Node[] = [];
  readonly #inputs: Value[] = [];
  readonly #outputs: Value[] = [];
  readonly #tensors: Tensor[] = [];

  input(name: string, type: ElementType, shape: Value['shape']): string {
    this.#inputs.push({ name, type, shape });
    return name;
  }

  output(name: string, shape: Value['shape']): void {
    this.#outputs.push({ name, type: 'float32', shape });
  }

  float32(name: string, shape: readonly number[], values: ArrayLike<number>): string {
    return this.#tensor({ name, type: 'float32', shape, bytes: bytesOf(Float32Array.from(values)) });
  }

  int8(name: string, shape: readonly number[], values: Int8Array): string {
    return this.#tensor({ name, type: 'int8', shape, bytes: bytesOf(values) });
  }

  int64(name: string, values: readonly number[]): string {
    const bytes = bytesOf(BigInt64Array.from(values, BigInt));
    return this.#tensor({ name, type: 'int64', shape: [values.length], bytes });
  }

  scalar(name: string, value: number): string {
    return this.float32(name, [], [value]);
  }

  /** Adds a node with one output and returns the output's name. */
  node(op: string, inputs: readonly string[], output: string, attributes: Attributes = {}): string {
    this.nodeWithOutputs(op, inputs, [output], attributes);
    return output;
  }

  /** Adds a node with several outputs, named in the operator's order. */
  nodeWithOutputs(
    op: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Attributes = {},
  ): void {
    this.#nodes.push({ op, inputs, outputs, attributes });
  }

  encode(): Uint8Array {
    const model = new ProtobufWriter();
    model.integer(1, IR_VERSION).string(2, 'pointsman');
    model.message(7, (graph) => {
      for (const node of this.#nodes) graph.message(1, (writer) => writeNode(writer, node));
      graph.string(2, 'router');
      for (const tensor of this.#tensors) graph.message(5, (writer) => writeTensor(writer, tensor));
      for (const value of this.#inputs) graph.message(11, (writer) => writeValue(writer, value));
      for (const value of this.#outputs) graph.message(12, (writer) => writeValue(writer, value));
    });
    model.message(8, (opset) => opset.string(1, '').integer(2, OPSET_VERSION));
    return model.finish();
  }

  #tensor(tensor: Tensor): string {
    this.#tensors.push(tensor);
    return tensor.name;
  }
}

function bytesOf(values: Float32Array | Int8Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function writeNode(writer: ProtobufWriter, node: Node): void {
  for (const input of node.inputs) writer.string(1, input);
  for (const output of node.outputs) writer.string(2, output);
  writer.string(3, node.outputs.join()).string(4, node.op);
  for (const [name, value] of Object.entries(node.attributes))
    writer.message(5, (attribute) => writeAttribute(attribute.string(1, name), value));
}

function writeAttribute(writer: ProtobufWriter, value: Attribute): void {
  if (typeof value === 'number') writer.integer(3, value).integer(20, ATTRIBUTE_INT);
  else if ('float' in value) writer.float(2, value.float).integer(20, ATTRIBUTE_FLOAT);
  else writer.integers(8, value).integer(20, ATTRIBUTE_INTS);
}

function writeTensor(writer: ProtobufWriter, tensor: Tensor): void {
  writer.integers(1, tensor.shape).integer(2, ELEMENT_TYPES[tensor.type]).string(8, tensor.name);
  writer.bytes(9, tensor.bytes);
}

function writeValue(writer: ProtobufWriter, value: Value): void {
  writer.string(1, value.name).message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.integer(1, ELEMENT_TYPES[value.type]).message(2, (shape) => {
        for (const size of value.shape)
          shape.message(1, (dimension) =>
            typeof size === 'number' ? dimension.integer(1, size) : dimension.string(2, size),
          );
      });
    }),
  );
}
