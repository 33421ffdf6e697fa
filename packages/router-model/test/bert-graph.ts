import { OnnxGraph } from '../src/onnx/onnx-graph.ts';

type BertShape = { vocabulary: number; width: number; layers: number; attentionHeads: number; hidden: number };

/** 6 layers of width 384 over BERT's vocabulary: 22 million parameters, as the reference encoder. */
export const REFERENCE_SHAPE: BertShape = {
  vocabulary: 30_522,
  width: 384,
  layers: 6,
  attentionHeads: 12,
  hidden: 1_536,
};

const POSITIONS = 512;
/** Keeps the sums of a few hundred products near 1. */
const WEIGHT_SCALE = 1 / 1_000;

/** An ONNX model with the inputs, the output and the operators of an 8-bit BERT; its weights are noise. */
export function bertGraph(shape: BertShape): Uint8Array {
  const writer = new BertWriter(shape);
  return writer.encode();
}

class BertWriter {
  readonly #graph = new OnnxGraph();
  readonly #shape: BertShape;
  #seed = 1;

  constructor(shape: BertShape) {
    this.#shape = shape;
    this.#graph.scalar('weight scale', WEIGHT_SCALE);
    this.#graph.scalar('one', 1);
    this.#graph.scalar('half', 0.5);
    this.#graph.scalar('root two', Math.SQRT2);
    this.#graph.scalar('root of head width', Math.sqrt(shape.width / shape.attentionHeads));
    this.#graph.scalar('masked', 1e4);
    this.#graph.int64('to heads', [0, 0, shape.attentionHeads, -1]);
    this.#graph.int64('to rows', [0, 0, shape.width]);
    for (const axis of [0, 1, 2]) this.#graph.int64(`${axis}`, [axis]);
  }

  encode(): Uint8Array {
    for (const name of ['input_ids', 'attention_mask', 'token_type_ids'])
      this.#graph.input(name, 'int64', ['batch', 'sequence']);
    const mask = this.#mask();
    let states = this.#embeddings();
    for (let layer = 0; layer < this.#shape.layers; layer += 1) states = this.#layer(states, mask, `layer ${layer}`);
    this.#graph.node('Identity', [states], 'last_hidden_state');
    this.#graph.output('last_hidden_state', ['batch', 'sequence', this.#shape.width]);
    return this.#graph.encode();
  }

  #embeddings(): string {
    const { vocabulary, width } = this.#shape;
    const graph = this.#graph;
    const words = this.#table('words', vocabulary, 'input_ids');
    const types = this.#table('types', 2, 'token_type_ids');
    graph.float32('positions', [POSITIONS, width], this.#noise(POSITIONS * width));
    graph.node('Shape', ['input_ids'], 'shape');
    graph.node('Slice', ['shape', '1', '2', '0'], 'length');
    graph.node('Slice', ['positions', '0', 'length', '0'], 'places');
    graph.node('Mul', ['places', 'weight scale'], 'scaled places');
    graph.node('Add', [words, types], 'words and types');
    graph.node('Add', ['words and types', 'scaled places'], 'sums');
    return this.#normalised('sums', 'embeddings');
  }

  #table(name: string, rows: number, ids: string): string {
    this.#graph.int8(`${name} table`, [rows, this.#shape.width], this.#noise(rows * this.#shape.width));
    this.#graph.node('Gather', [`${name} table`, ids], `${name} gathered`);
    this.#graph.node('Cast', [`${name} gathered`], `${name} cast`, { to: 1 });
    return this.#graph.node('Mul', [`${name} cast`, 'weight scale'], name);
  }

  #mask(): string {
    const graph = this.#graph;
    graph.node('Cast', ['attention_mask'], 'mask', { to: 1 });
    graph.node('Sub', ['mask', 'one'], 'absence');
    graph.node('Mul', ['absence', 'masked'], 'row penalty');
    graph.int64('head and query axes', [1, 2]);
    return graph.node('Unsqueeze', ['row penalty', 'head and query axes'], 'penalty');
  }

  #layer(input: string, mask: string, name: string): string {
    const { width, hidden } = this.#shape;
    const graph = this.#graph;
    const attended = this.#attention(input, mask, name);
    graph.node('Add', [input, attended], `${name} sum`);
    const middle = this.#normalised(`${name} sum`, `${name} middle`);
    const wide = this.#linear(middle, width, hidden, `${name} wide`);
    graph.node('Div', [wide, 'root two'], `${name} scaled`);
    graph.node('Erf', [`${name} scaled`], `${name} erf`);
    graph.node('Add', [`${name} erf`, 'one'], `${name} gate`);
    graph.node('Mul', [wide, `${name} gate`], `${name} gated`);
    graph.node('Mul', [`${name} gated`, 'half'], `${name} gelu`);
    const narrow = this.#linear(`${name} gelu`, hidden, width, `${name} narrow`);
    graph.node('Add', [middle, narrow], `${name} end`);
    return this.#normalised(`${name} end`, name);
  }

  #attention(input: string, mask: string, name: string): string {
    const { width } = this.#shape;
    const graph = this.#graph;
    const headed = (part: string, perm: readonly number[]): string => {
      graph.node(
        'Reshape',
        [this.#linear(input, width, width, `${name} ${part}`), 'to heads'],
        `${name} ${part} heads`,
      );
      return graph.node('Transpose', [`${name} ${part} heads`], `${name} ${part} turned`, { perm });
    };
    const query = headed('query', [0, 2, 1, 3]);
    const key = headed('key', [0, 2, 3, 1]);
    const value = headed('value', [0, 2, 1, 3]);
    graph.node('MatMul', [query, key], `${name} products`);
    graph.node('Div', [`${name} products`, 'root of head width'], `${name} scores`);
    graph.node('Add', [`${name} scores`, mask], `${name} masked`);
    graph.node('Softmax', [`${name} masked`], `${name} shares`, { axis: -1 });
    graph.node('MatMul', [`${name} shares`, value], `${name} mixed`);
    graph.node('Transpose', [`${name} mixed`], `${name} mixed rows`, { perm: [0, 2, 1, 3] });
    graph.node('Reshape', [`${name} mixed rows`, 'to rows'], `${name} attended`);
    return this.#linear(`${name} attended`, width, width, `${name} projected`);
  }

  #linear(input: string, rows: number, columns: number, name: string): string {
    const graph = this.#graph;
    graph.nodeWithOutputs('DynamicQuantizeLinear', [input], [`${name} int8`, `${name} scale`, `${name} zero`]);
    graph.int8(`${name} weight`, [rows, columns], this.#noise(rows * columns));
    graph.node('MatMulInteger', [`${name} int8`, `${name} weight`, `${name} zero`], `${name} sums`);
    graph.node('Cast', [`${name} sums`], `${name} cast`, { to: 1 });
    graph.node('Mul', [`${name} scale`, 'weight scale'], `${name} unit`);
    return graph.node('Mul', [`${name} cast`, `${name} unit`], name);
  }

  #normalised(input: string, name: string): string {
    const { width } = this.#shape;
    this.#graph.float32(`${name} gain`, [width], new Float32Array(width).fill(1));
    return this.#graph.node('LayerNormalization', [input, `${name} gain`], name, {
      axis: -1,
      epsilon: { float: 1e-12 },
    });
  }

  /** A linear congruential generator (Numerical Recipes): 22 million numbers in a tenth of a second. */
  #noise(count: number): Int8Array {
    const values = new Int8Array(count);
    let state = this.#seed;
    for (let i = 0; i < count; i += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      values[i] = state >> 24;
    }
    this.#seed = state;
    return values;
  }
}
