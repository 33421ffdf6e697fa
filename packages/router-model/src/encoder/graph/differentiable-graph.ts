import { type Attributes, OnnxGraph } from '../../onnx/onnx-graph.ts';

/** A tensor of floats in a graph under construction. */
export type Value = { readonly name: string; readonly shape: readonly number[] };

/** Length of an axis that is known only when the graph runs. What has such an axis cannot be differentiated. */
export const ANY_LENGTH = -1;

/** An input of an operator, with the gradient towards it given the gradient of the operator's one output. */
export type Edge = { input: Value; gradient: (output: Value) => Value };
type SplitEdge = { input: Value; gradient: (outputs: readonly Value[]) => Value };
type Step = { outputs: readonly Value[]; edges: readonly SplitEdge[] };

/**
 * An ONNX graph that can be differentiated in reverse: operators `emit` their nodes and `record` how gradients flow
 * back, and `gradients` emits the nodes of the backward pass. Backward rules may emit the same node twice:
 * onnxruntime merges common subexpressions.
 */
export class DifferentiableGraph {
  readonly onnx = new OnnxGraph();
  readonly #dependent = new Set<string>();
  readonly #steps: Step[] = [];
  readonly #constants = new Map<string, string>();
  #names = 0;

  /** An input that is fed and not differentiated. */
  input(name: string, shape: readonly number[]): Value {
    this.onnx.input(name, 'float32', declared(shape));
    return { name, shape };
  }

  /** An input that is fed and that gradients can be asked of. */
  parameter(name: string, shape: readonly number[]): Value {
    this.#dependent.add(name);
    return this.input(name, shape);
  }

  constant(name: string, shape: readonly number[], values: ArrayLike<number>): Value {
    return { name: this.onnx.float32(name, shape, values), shape };
  }

  /** A number in the graph; equal numbers share one constant. */
  scalar(value: number): Value {
    return { name: this.#constant(`scalar ${value}`, (name) => this.onnx.scalar(name, value)), shape: [] };
  }

  /** Name of a vector of whole numbers in the graph, such as axes or a shape; equal vectors share one constant. */
  integers(values: readonly number[]): string {
    return this.#constant(`integers ${values.join(' ')}`, (name) => this.onnx.int64(name, values));
  }

  /** Adds a node that gradients do not see; `inputs` that are no floats go by their names. */
  emit(op: string, inputs: readonly (Value | string)[], shape: readonly number[], attributes?: Attributes): Value {
    const [name] = this.emitNamed(op, inputs, 1, attributes);
    return { name: name ?? '', shape };
  }

  /** Adds a node with several outputs that gradients do not see and returns their names. */
  emitNamed(op: string, inputs: readonly (Value | string)[], count: number, attributes?: Attributes): string[] {
    const outputs = Array.from({ length: count }, () => this.freshName(op));
    const names = inputs.map((input) => (typeof input === 'string' ? input : input.name));
    this.onnx.nodeWithOutputs(op, names, outputs, attributes);
    return outputs;
  }

  freshName(stem: string): string {
    this.#names += 1;
    return `${stem} ${this.#names}`;
  }

  /** Says how the gradient of an operator's output flows back to its inputs. */
  record(output: Value, edges: readonly Edge[]): Value {
    this.recordSplit(
      [output],
      edges.map(({ input, gradient }) => ({ input, gradient: ([only]) => gradient(only ?? output) })),
    );
    return output;
  }

  /** The same for an operator with several outputs, all of which must be used. */
  recordSplit(outputs: readonly Value[], edges: readonly SplitEdge[]): void {
    const dependent = edges.filter(({ input }) => this.#dependent.has(input.name));
    if (dependent.length === 0) return;
    for (const { name } of outputs) this.#dependent.add(name);
    this.#steps.push({ outputs, edges: dependent });
  }

  /** Emits the backward pass of a scalar and returns its gradients, in the order of `parameters`. */
  gradients(loss: Value, parameters: readonly Value[]): Value[] {
    const found = new Map<string, Value>([[loss.name, this.scalar(1)]]);
    for (const { outputs, edges } of this.#steps.toReversed()) {
      const known = outputs.flatMap(({ name }) => found.get(name) ?? []);
      if (known.length === 0) continue;
      if (known.length < outputs.length) throw new Error(`some of ${outputs.map(({ name }) => name)} are not used`);
      for (const { input, gradient } of edges) {
        const added = gradient(known);
        const before = found.get(input.name);
        found.set(input.name, before === undefined ? added : this.emit('Add', [before, added], input.shape));
      }
    }
    return parameters.map(({ name }) => {
      const gradient = found.get(name);
      if (gradient === undefined) throw new Error(`the loss does not depend on ${name}`);
      return gradient;
    });
  }

  /** Makes a value an output under a name of its own. */
  output(name: string, value: Value): void {
    this.onnx.node('Identity', [value.name], name);
    this.onnx.output(name, declared(value.shape));
  }

  #constant(key: string, make: (name: string) => string): string {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    this.#constants.set(key, key);
    return make(key);
  }
}

/** A shape as an ONNX file declares it, with names for the lengths it does not know. */
function declared(shape: readonly number[]): (number | string)[] {
  return shape.map((length, axis) => (length === ANY_LENGTH ? `axis ${axis}` : length));
}
