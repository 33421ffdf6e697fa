import type { Matrix } from '../mathematics/matrix.ts';
import { LEAST_KIND_PROBABILITY } from '../model/read-request.ts';
import {
  type ClassHead,
  EPSILON,
  type RequestModel,
  SIDE_LIMIT,
  SIDE_SCALE,
  type TextHeads,
} from '../model/request-model.ts';
import { OnnxGraph } from '../onnx/onnx-graph.ts';

/** Names of the graph's inputs and outputs. `embedding` is there only when the artefact has a text encoder. */
export const GRAPH_INPUTS = { indices: 'indices', weights: 'weights', side: 'side', embedding: 'embedding' } as const;
export const GRAPH_OUTPUTS = {
  kinds: 'kinds',
  familiarity: 'familiarity',
  skills: 'skills',
  lengths: 'lengths',
  domains: 'domains',
  tasks: 'tasks',
} as const;

/**
 * The request half of the router as one ONNX graph for one request: hashed n-grams, side features and, with a text
 * encoder, an embedding in; a reading of the request out. It computes what `readRequest` computes, node by node. Models
 * are not in it: their table is data, so that one can be added without another graph.
 */
export function routerGraph(model: RequestModel): Uint8Array {
  const graph = new OnnxGraph();
  graph.scalar('epsilon', EPSILON);
  graph.scalar('epsilon squared', EPSILON * EPSILON);
  const ngrams = addNgrams(graph, model);
  const phi = addPhi(graph, model, ngrams);
  const request = { graph, phi, ngrams };
  const kinds = addClassHead(request, 'kind', model.kindHead);
  graph.node('Softmax', [kinds], model.text === undefined ? GRAPH_OUTPUTS.kinds : 'ngram kinds', { axis: 1 });
  const skills = addProduct(graph, [phi, 'skill weights'], model.skills, textless(model, GRAPH_OUTPUTS.skills));
  if (model.text !== undefined) addText(graph, model.text, skills);
  addProduct(graph, [phi, 'length weights'], model.lengths, GRAPH_OUTPUTS.lengths);
  for (const [name, head, output] of [
    ['domain', model.domainHead, GRAPH_OUTPUTS.domains],
    ['task', model.taskHead, GRAPH_OUTPUTS.tasks],
  ] as const)
    graph.node('Softmax', [addClassHead(request, name, head)], output, { axis: 1 });
  addFamiliarity(graph, phi, model);
  graph.output(GRAPH_OUTPUTS.kinds, [1, model.kinds.length]);
  graph.output(GRAPH_OUTPUTS.familiarity, [1, 1]);
  graph.output(GRAPH_OUTPUTS.skills, [1, model.skills.columns]);
  graph.output(GRAPH_OUTPUTS.lengths, [1, model.lengths.columns]);
  graph.output(GRAPH_OUTPUTS.domains, [1, model.domainHead.classes]);
  graph.output(GRAPH_OUTPUTS.tasks, [1, model.taskHead.classes]);
  return graph.encode();
}

/** The output's own name when no text encoder will still change it. */
const textless = ({ text }: RequestModel, output: string): string => (text === undefined ? output : `ngram ${output}`);

/** Adds the n-grams weighted by inverse document frequency, as they are and of unit length. */
function addNgrams(graph: OnnxGraph, { encoder }: RequestModel): { bare: string; unit: string } {
  graph.input(GRAPH_INPUTS.indices, 'int32', ['ngrams']);
  graph.input(GRAPH_INPUTS.weights, 'float32', ['ngrams']);
  graph.float32('idf', [encoder.buckets], encoder.idf);
  graph.node('Gather', ['idf', GRAPH_INPUTS.indices], 'ngram idf', { axis: 0 });
  const bare = graph.node('Mul', ['ngram idf', GRAPH_INPUTS.weights], 'ngram values');
  graph.node('ReduceL2', [bare], 'ngram norm', { axes: [0], keepdims: 1 });
  graph.node('Add', ['ngram norm', 'epsilon'], 'safe ngram norm');
  return { bare, unit: graph.node('Div', [bare, 'safe ngram norm'], 'unit ngrams') };
}

/** Adds the sum of an int8 table's rows, each times its scale and the n-gram's value: [1, columns]. */
function addTable(
  graph: OnnxGraph,
  values: string,
  name: string,
  table: { data: Int8Array; scale: Float32Array; columns: number },
): string {
  const own = (part: string): string => `${name} ${part}`;
  graph.float32(own('scale'), [table.scale.length], table.scale);
  graph.int8(own('table'), [table.scale.length, table.columns], table.data);
  graph.node('Gather', [own('scale'), GRAPH_INPUTS.indices], own('gathered scale'), { axis: 0 });
  graph.node('Mul', [own('gathered scale'), values], own('factors'));
  graph.node('Unsqueeze', [own('factors'), graph.int64(own('row axis'), [0])], own('factor row'));
  graph.node('Gather', [own('table'), GRAPH_INPUTS.indices], own('gathered int8'), { axis: 0 });
  graph.node('Cast', [own('gathered int8')], own('gathered rows'), { to: 1 });
  return graph.node('MatMul', [own('factor row'), own('gathered rows')], own('sum'));
}

function addPhi(graph: OnnxGraph, { encoder }: RequestModel, { bare }: { bare: string }): string {
  const { latent, sideMean } = encoder;
  graph.input(GRAPH_INPUTS.side, 'float32', [1, sideMean.length]);
  const table = { data: encoder.embedding, scale: encoder.scale, columns: latent };
  const projection = addTable(graph, bare, 'projection', table);
  graph.node('ReduceL2', [projection], 'norm', { axes: [1], keepdims: 1 });
  graph.node('Add', ['norm', 'epsilon'], 'safe norm');
  graph.node('Div', [projection, 'safe norm'], 'latent');
  graph.float32('side mean', [1, sideMean.length], sideMean);
  graph.float32('side scale', [1, sideMean.length], encoder.sideInverseDeviation);
  graph.scalar('side low', -SIDE_LIMIT);
  graph.scalar('side high', SIDE_LIMIT);
  graph.scalar('side weight', SIDE_SCALE);
  graph.node('Sub', [GRAPH_INPUTS.side, 'side mean'], 'side centred');
  graph.node('Mul', ['side centred', 'side scale'], 'side standard');
  graph.node('Clip', ['side standard', 'side low', 'side high'], 'side clipped');
  graph.node('Mul', ['side clipped', 'side weight'], 'side weighted');
  graph.float32('constant', [1, 1], [1]);
  return graph.node('Concat', ['constant', 'latent', 'side weighted'], 'phi', { axis: 1 });
}

type RequestNodes = { graph: OnnxGraph; phi: string; ngrams: { unit: string } };

/** Adds a head's unnormalised log probabilities. */
function addClassHead({ graph, phi, ngrams }: RequestNodes, name: string, head: ClassHead): string {
  const dense = addProduct(graph, [phi, `${name} dense weights`], head.dense, `${name} dense logits`);
  if (head.ngrams.length === 0) return dense;
  const table = { data: head.ngrams, scale: head.scale, columns: head.classes };
  return graph.node('Add', [dense, addTable(graph, ngrams.unit, name, table)], `${name} logits`);
}

/** Adds what the embedding says of kinds and skills, mixed by its shares. */
function addText(graph: OnnxGraph, text: TextHeads, skills: string): void {
  const width = text.kinds.rows - 1;
  graph.input(GRAPH_INPUTS.embedding, 'float32', [1, width]);
  graph.node('Softmax', [addAffine(graph, 'text kinds', text.kinds)], 'text kind probabilities', { axis: 1 });
  graph.scalar('least kind', LEAST_KIND_PROBABILITY);
  for (const [name, input] of [
    ['ngram kind log', 'ngram kinds'],
    ['text kind log', 'text kind probabilities'],
  ] as const) {
    graph.node('Max', [input, 'least kind'], `${name} clipped`);
    graph.node('Log', [`${name} clipped`], name);
  }
  addMix(graph, ['ngram kind log', 'text kind log'], text.kindShare, 'mixed kind logits');
  graph.node('Softmax', ['mixed kind logits'], GRAPH_OUTPUTS.kinds, { axis: 1 });
  addMix(graph, [skills, addAffine(graph, 'text skills', text.skills)], text.skillShare, GRAPH_OUTPUTS.skills);
}

function addMix(graph: OnnxGraph, [one, other]: readonly [string, string], share: number, output: string): void {
  graph.node('Mul', [one, graph.scalar(`${output} own share`, 1 - share)], `${output} own part`);
  graph.node('Mul', [other, graph.scalar(`${output} text share`, share)], `${output} text part`);
  graph.node('Add', [`${output} own part`, `${output} text part`], output);
}

function addAffine(graph: OnnxGraph, name: string, weights: Matrix): string {
  const { rows, columns, data } = weights;
  graph.float32(`${name} intercept`, [1, columns], data.subarray(0, columns));
  graph.float32(`${name} weights`, [rows - 1, columns], data.subarray(columns));
  graph.node('MatMul', [GRAPH_INPUTS.embedding, `${name} weights`], `${name} product`);
  return graph.node('Add', [`${name} product`, `${name} intercept`], `${name} affine`);
}

function addFamiliarity(graph: OnnxGraph, phi: string, { leverage, familiarity }: RequestModel): void {
  graph.scalar('familiar intercept', familiarity.intercept);
  graph.scalar('familiar slope', familiarity.slope);
  addProduct(graph, [phi, 'leverage factor'], leverage, 'leverage root');
  graph.node('ReduceSumSquare', ['leverage root'], 'bare leverage', { axes: [1], keepdims: 1 });
  graph.node('Add', ['bare leverage', 'epsilon squared'], 'leverage');
  graph.node('Log', ['leverage'], 'log leverage');
  graph.node('Mul', ['log leverage', 'familiar slope'], 'strangeness');
  graph.node('Sub', ['familiar intercept', 'strangeness'], 'familiar logit');
  graph.node('Sigmoid', ['familiar logit'], GRAPH_OUTPUTS.familiarity);
}

/** Adds `phi * matrix`. */
function addProduct(graph: OnnxGraph, [phi, name]: readonly [string, string], matrix: Matrix, output: string): string {
  graph.float32(name, [matrix.rows, matrix.columns], matrix.data);
  return graph.node('MatMul', [phi, name], output);
}
