import { SMALLEST_PROBABILITY } from '../mathematics/logistic.ts';
import { at, type Matrix } from '../mathematics/matrix.ts';
import { OnnxGraph } from '../onnx/onnx-graph.ts';
import {
  type DimensionHead,
  type DomainTable,
  EPSILON,
  type RouterParameters,
  SIDE_LIMIT,
  SIDE_SCALE,
} from '../parameters.ts';

/** Names of the graph's inputs and outputs. */
export const GRAPH_INPUTS = { indices: 'indices', weights: 'weights', side: 'side' } as const;
export const GRAPH_OUTPUTS = {
  means: 'means',
  spreads: 'spreads',
  outputTokens: 'output_tokens',
  domains: 'domains',
  familiarity: 'familiarity',
} as const;

/**
 * The whole router as one ONNX graph for one request: hashed n-grams and side features in, estimates of every model
 * out. It computes what `forward` computes, node by node.
 */
export function routerGraph(parameters: RouterParameters): Uint8Array {
  const graph = new OnnxGraph();
  addConstants(graph);
  const phi = addEncoder(graph, parameters);
  const { weights, familiarity } = addDomains(graph, parameters, phi);
  const shared = { graph, phi, weights, familiarity };
  const heads = parameters.heads.map((head, h) => addHead(shared, head, `head${h}`));
  graph.node(
    'Concat',
    heads.map(({ mean }) => mean),
    GRAPH_OUTPUTS.means,
    { axis: 0 },
  );
  graph.node(
    'Concat',
    heads.map(({ spread }) => spread),
    GRAPH_OUTPUTS.spreads,
    { axis: 0 },
  );
  addTokens(shared, parameters);
  const models = parameters.models.length;
  graph.output(GRAPH_OUTPUTS.means, [heads.length, models]);
  graph.output(GRAPH_OUTPUTS.spreads, [heads.length, models]);
  graph.output(GRAPH_OUTPUTS.outputTokens, [1, models]);
  graph.output(GRAPH_OUTPUTS.domains, [1, parameters.domains.length]);
  graph.output(GRAPH_OUTPUTS.familiarity, [1, 1]);
  return graph.encode();
}

function addConstants(graph: OnnxGraph): void {
  graph.scalar('one', 1);
  graph.scalar('zero', 0);
  graph.scalar('epsilon', EPSILON);
  graph.scalar('epsilon squared', EPSILON * EPSILON);
  graph.scalar('least probability', SMALLEST_PROBABILITY);
  graph.scalar('greatest probability', 1 - SMALLEST_PROBABILITY);
  graph.int64('columns', [1]);
}

function addEncoder(graph: OnnxGraph, { encoder }: RouterParameters): string {
  const { buckets, latent, sideMean } = encoder;
  graph.input(GRAPH_INPUTS.indices, 'int32', ['ngrams']);
  graph.input(GRAPH_INPUTS.weights, 'float32', ['ngrams']);
  graph.input(GRAPH_INPUTS.side, 'float32', [1, sideMean.length]);
  const bucketWeight = Float32Array.from(encoder.idf, (idf, bucket) => idf * at(encoder.scale, bucket));
  graph.float32('bucket weight', [buckets], bucketWeight);
  graph.int8('embedding', [buckets, latent], encoder.embedding);
  graph.node('Gather', ['bucket weight', GRAPH_INPUTS.indices], 'gathered weights', { axis: 0 });
  graph.node('Mul', ['gathered weights', GRAPH_INPUTS.weights], 'ngram weights');
  graph.node('Gather', ['embedding', GRAPH_INPUTS.indices], 'gathered int8', { axis: 0 });
  graph.node('Cast', ['gathered int8'], 'gathered rows', { to: 1 });
  graph.int64('row axis', [0]);
  graph.node('Unsqueeze', ['ngram weights', 'row axis'], 'ngram row');
  graph.node('MatMul', ['ngram row', 'gathered rows'], 'projection');
  graph.node('ReduceL2', ['projection'], 'norm', { axes: [1], keepdims: 1 });
  graph.node('Add', ['norm', 'epsilon'], 'safe norm');
  graph.node('Div', ['projection', 'safe norm'], 'latent');
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

function addDomains(graph: OnnxGraph, parameters: RouterParameters, phi: string) {
  const domains = parameters.domains.length;
  addMatrix(graph, 'classifier', parameters.classifier);
  addMatrix(graph, 'leverage factor', parameters.leverage);
  graph.float32('fallback', [1, domains], parameters.fallbackDomains);
  graph.scalar('familiar intercept', parameters.familiarity.intercept);
  graph.scalar('familiar slope', parameters.familiarity.slope);
  graph.node('MatMul', [phi, 'classifier'], 'domain logits');
  graph.node('Softmax', ['domain logits'], GRAPH_OUTPUTS.domains, { axis: 1 });
  graph.node('MatMul', [phi, 'leverage factor'], 'leverage root');
  graph.node('ReduceSumSquare', ['leverage root'], 'bare leverage', { axes: [1], keepdims: 1 });
  graph.node('Add', ['bare leverage', 'epsilon squared'], 'leverage');
  graph.node('Log', ['leverage'], 'log leverage');
  graph.node('Mul', ['log leverage', 'familiar slope'], 'strangeness');
  graph.node('Sub', ['familiar intercept', 'strangeness'], 'familiar logit');
  const familiarity = graph.node('Sigmoid', ['familiar logit'], GRAPH_OUTPUTS.familiarity);
  graph.node('Sub', ['one', familiarity], 'unfamiliarity');
  graph.node('Mul', [GRAPH_OUTPUTS.domains, familiarity], 'familiar part');
  graph.node('Mul', ['fallback', 'unfamiliarity'], 'fallback part');
  const weights = graph.node('Add', ['familiar part', 'fallback part'], 'domain weights');
  return { weights, familiarity };
}

type Shared = { graph: OnnxGraph; phi: string; weights: string; familiarity: string };

function addHead(shared: Shared, head: DimensionHead, name: string): { mean: string; spread: string } {
  const { graph, phi, weights, familiarity } = shared;
  const { slope, intercept, hiddenShare, unfamiliarVariance, varianceScale } = head.calibration;
  const own = (part: string): string => `${name} ${part}`;
  const looked = addLookUp(shared, head.table, name);
  graph.node('Clip', [looked.mean, 'least probability', 'greatest probability'], own('clipped'));
  graph.node('Sub', ['one', own('clipped')], own('complement'));
  graph.node('Div', [own('clipped'), own('complement')], own('odds'));
  graph.node('Log', [own('odds')], own('base logit'));
  addMatrix(graph, own('residual'), head.residual);
  graph.node('MatMul', [phi, own('residual')], own('full residual'));
  graph.node('Mul', [own('full residual'), familiarity], own('familiar residual'));
  graph.node('Add', [own('base logit'), own('familiar residual')], own('raw logit'));
  graph.node('Mul', [own('raw logit'), graph.scalar(own('slope'), slope)], own('sloped'));
  graph.node('Add', [own('sloped'), graph.scalar(own('intercept'), intercept)], own('logit'));
  const mean = graph.node('Sigmoid', [own('logit')], own('mean'));
  graph.node('Sub', ['one', mean], own('failure'));
  graph.node('Mul', [mean, own('failure')], own('binomial'));
  graph.float32(own('hidden share'), [hiddenShare.length, 1], hiddenShare);
  graph.node('MatMul', [weights, own('hidden share')], own('hidden'));
  graph.node('Mul', [own('binomial'), own('hidden')], own('hidden variance'));
  graph.node('Mul', ['unfamiliarity', graph.scalar(own('strange variance'), unfamiliarVariance)], own('strange'));
  graph.node('Add', [own('hidden variance'), looked.variance], own('known variance'));
  graph.node('Add', [own('known variance'), own('strange')], own('bare spread variance'));
  graph.float32(own('variance scales'), [varianceScale.length, 1], varianceScale);
  graph.node('MatMul', [weights, own('variance scales')], own('variance scale'));
  graph.node('Mul', [own('bare spread variance'), own('variance scale')], own('spread variance'));
  return { mean, spread: graph.node('Sqrt', [own('spread variance')], own('spread')) };
}

/** Means and variances over domains, by their weights. */
function addLookUp({ graph, weights }: Shared, table: DomainTable, name: string): { mean: string; variance: string } {
  const own = (part: string): string => `${name} ${part}`;
  const { rows, columns, data } = table.mean;
  const seconds = data.map((mean, i) => mean * mean + at(table.variance.data, i));
  addMatrix(graph, own('domain means'), table.mean);
  addMatrix(graph, own('domain seconds'), { rows, columns, data: seconds });
  const mean = graph.node('MatMul', [weights, own('domain means')], own('base'));
  graph.node('MatMul', [weights, own('domain seconds')], own('second moment'));
  graph.node('Mul', [mean, mean], own('squared base'));
  graph.node('Sub', [own('second moment'), own('squared base')], own('bare variance'));
  return { mean, variance: graph.node('Max', [own('bare variance'), 'zero'], own('table variance')) };
}

function addTokens(shared: Shared, { tokens, models }: RouterParameters): void {
  const { graph, phi, familiarity } = shared;
  const looked = addLookUp(shared, tokens.table, 'tokens');
  const row = (name: string, values: Float64Array): string => graph.float32(name, [1, models.length], values);
  addMatrix(graph, 'token residual', tokens.residual);
  graph.node('MatMul', [phi, 'token residual'], 'full token residual');
  graph.node('Mul', ['full token residual', familiarity], 'familiar token residual');
  graph.node('Add', [looked.mean, 'familiar token residual'], 'log tokens');
  graph.node('Exp', ['log tokens'], 'median tokens');
  graph.node('Mul', ['median tokens', row('smearing', tokens.smearing)], 'mean tokens');
  graph.node('Sub', ['mean tokens', 'one'], 'bare tokens');
  graph.node('Max', ['bare tokens', row('lowest tokens', tokens.lowest)], 'raised tokens');
  graph.node('Min', ['raised tokens', row('highest tokens', tokens.highest)], GRAPH_OUTPUTS.outputTokens);
}

function addMatrix(graph: OnnxGraph, name: string, matrix: Matrix): void {
  graph.float32(name, [matrix.rows, matrix.columns], matrix.data);
}
