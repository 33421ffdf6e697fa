import { copyFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '@pointsman/statistics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bertGraph, REFERENCE_SHAPE } from '../../test/bert-graph.ts';
import { promptFor } from '../../test/synthetic-rows.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { OnnxGraph } from '../onnx/onnx-graph.ts';
import { encoderModel } from './graph/encoder-model.ts';
import { encoderParameters, sizeOf } from './graph/encoder-parameters.ts';
import { openTextEncoder } from './open-text-encoder.ts';
import { createTokeniser } from './tokeniser/create-tokeniser.ts';
import { trainVocabulary } from './tokeniser/train-vocabulary.ts';
import { type WritableTextEncoder, writeTextEncoder } from './write-text-encoder.ts';

const VOCABULARY = 300;
const tokenizerJson = trainVocabulary(Array(2).fill('onion oven galaxy orbit clause tenant'), { size: VOCABULARY });
const MAX_TOKENS = 16;
const tokenise = createTokeniser(tokenizerJson, { maxTokens: MAX_TOKENS });
const MERGE = 4;
const WIDTH = 8;
/** Row after row of a table with a row per token. */
const table = Float32Array.from({ length: VOCABULARY * WIDTH }, (_, i) => Math.sin(i * i + 1));
const prompts = ['', 'onion', 'onion oven galaxy orbit clause', 'tenant '.repeat(500), '日本語 }{ 12 =='].map(
  promptFor,
);

/** Looks tokens up; the mean over positions of the sums over merged tokens, to unit length. Padding counts for nothing. */
function funnelGraph(values: ArrayLike<number> = table, idType: 'int32' | 'int64' = 'int64'): Uint8Array {
  const graph = new OnnxGraph();
  graph.input('ids', idType, [1, 'tokens']);
  graph.input('mask', 'float32', [1, 'positions']);
  graph.float32('table', [VOCABULARY, WIDTH], values);
  graph.int64('merged', [1, -1, MERGE, WIDTH]);
  graph.int64('last', [2]);
  graph.int64('middle', [1]);
  graph.node('Gather', ['table', 'ids'], 'gathered');
  graph.node('Reshape', ['gathered', 'merged'], 'groups');
  graph.node('ReduceSum', ['groups', 'last'], 'positions', { keepdims: 0 });
  graph.node('Unsqueeze', ['mask', 'last'], 'weights');
  graph.node('Mul', ['positions', 'weights'], 'weighted');
  graph.node('ReduceSum', ['weighted', 'middle'], 'sum', { keepdims: 0 });
  graph.node('LpNormalization', ['sum'], 'embedding', { axis: 1, p: 2 });
  graph.output('embedding', [1, WIDTH]);
  return graph.encode();
}

/** Looks tokens up and does nothing else. */
function lookUpGraph(): Uint8Array {
  const graph = new OnnxGraph();
  for (const name of ['input_ids', 'attention_mask', 'token_type_ids']) graph.input(name, 'int64', [1, 'tokens']);
  graph.float32('table', [VOCABULARY, WIDTH], table);
  graph.node('Gather', ['table', 'input_ids'], 'last_hidden_state');
  graph.output('last_hidden_state', [1, 'tokens', WIDTH]);
  return graph.encode();
}

/** What both graphs should give: the unit vector along the sum of the tokens' rows. */
function expectedVector(ids: readonly number[]): number[] {
  const sum = Array.from({ length: WIDTH }, (_, k) =>
    ids.reduce((total, id) => total + (table[id * WIDTH + k] ?? Number.NaN), 0),
  );
  return sum.map((value) => value / Math.hypot(...sum));
}

function paddedIds(ids: Int32Array): number[] {
  return [...ids, ...Array.from({ length: (MERGE - (ids.length % MERGE)) % MERGE }, () => 0)];
}

function largestGap(found: Float32Array, expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  return Math.max(...expected.map((value, k) => Math.abs((found[k] ?? Number.NaN) - value)));
}

const shared = { maxTokens: MAX_TOKENS, tokenizerJson, width: WIDTH, provenance: 'made by a test' };
const funnel: WritableTextEncoder = { ...shared, kind: 'funnel', merge: MERGE, onnx: funnelGraph() };
const bert: WritableTextEncoder = { ...shared, kind: 'bert', merge: 1, onnx: lookUpGraph() };
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let funnelDir = '';

beforeAll(async () => {
  folder = await temporaryFolder();
  funnelDir = join(folder.path, 'funnel');
  await writeTextEncoder(funnelDir, funnel);
});
afterAll(() => folder[Symbol.asyncDispose]());

async function written(name: string, encoder: WritableTextEncoder): Promise<string> {
  const dir = join(folder.path, name);
  await writeTextEncoder(dir, encoder);
  return dir;
}

/** A copy of the funnel encoder with one file changed. */
async function damaged(name: string, file: string, change: (bytes: Buffer) => Uint8Array | string): Promise<string> {
  const dir = join(folder.path, name);
  await cp(funnelDir, dir, { recursive: true });
  await writeFile(join(dir, file), change(await readFile(join(dir, file))));
  return dir;
}

describe('openTextEncoder', () => {
  it.each(['int32', 'int64'] as const)(
    'runs a funnel encoder on %s tokens padded to whole positions',
    async (idType) => {
      const encoder = await openTextEncoder(await written(idType, { ...funnel, onnx: funnelGraph(table, idType) }));
      expect(encoder.width).toBe(WIDTH);
      for (const prompt of prompts)
        expect(largestGap(await encoder.embed(prompt), expectedVector(paddedIds(tokenise(prompt))))).toBeLessThan(1e-6);
      await encoder.release();
    },
  );

  it('runs what `encoderModel` writes, in 32 bits and in 8', async () => {
    const shape = { vocabulary: VOCABULARY, tokenWidth: 8, merge: MERGE, width: 16, layers: 2 };
    const full = { ...shape, attentionHeads: 2, hidden: 32, maxTokens: MAX_TOKENS };
    const random = seededRandom(3);
    const weights = new Map(
      encoderParameters(full).map((parameter) => [
        parameter.name,
        Float32Array.from({ length: sizeOf(parameter.shape) }, () => random() - 0.5),
      ]),
    );
    const vectors: Float32Array[][] = [];
    for (const int8 of [false, true]) {
      const onnx = encoderModel({ shape: full, weights }, { int8 });
      const encoder = await openTextEncoder(await written(`int8 ${int8}`, { ...funnel, width: full.width, onnx }));
      vectors.push(await Promise.all(prompts.map((prompt) => encoder.embed(prompt))));
      await encoder.release();
    }
    const [exact = [], rounded = []] = vectors;
    exact.forEach((vector, p) => {
      expect(largestGap(rounded[p] ?? new Float32Array(), [...vector])).toBeLessThan(0.1);
    });
  });

  it('takes the mean over the tokens of a BERT encoder, at unit length', async () => {
    const encoder = await openTextEncoder(await written('bert', bert));
    for (const prompt of prompts)
      expect(largestGap(await encoder.embed(prompt), expectedVector([...tokenise(prompt)]))).toBeLessThan(1e-6);
    await encoder.release();
  });

  it('embeds several prompts at a time', async () => {
    const encoder = await openTextEncoder(funnelDir);
    const alone: Float32Array[] = [];
    for (const prompt of prompts) alone.push(await encoder.embed(prompt));
    expect(await Promise.all(prompts.map((prompt) => encoder.embed(prompt)))).toEqual(alone);
    await encoder.release();
  });

  it('runs an encoder of the reference shape: 6 layers of width 384, 22 million parameters', async () => {
    const onnx = bertGraph(REFERENCE_SHAPE);
    expect(onnx.length).toBeGreaterThan(22_000_000);
    const reference = { ...bert, onnx, width: REFERENCE_SHAPE.width, maxTokens: 32 };
    const encoder = await openTextEncoder(await written('reference', reference));
    const vectors = [await encoder.embed(promptFor('onion oven')), await encoder.embed(promptFor('galaxy orbit'))];
    expect(vectors.map((vector) => vector.length)).toEqual([384, 384]);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    expect(vectors[0]).not.toEqual(vectors[1]);
    await encoder.release();
  });

  it('names the file, what it should be and what it is, where a file was changed', async () => {
    const cutShort = await damaged('cut', 'encoder.onnx', (bytes) => bytes.subarray(0, -1));
    await expect(openTextEncoder(cutShort)).rejects.toThrow(
      new RegExp(
        `encoder\\.onnx is damaged or half-written: expected ${funnel.onnx.length} bytes with SHA-256 [0-9a-f]{64}, ` +
          `found ${funnel.onnx.length - 1} with [0-9a-f]{64}`,
      ),
    );
    const otherWords = await damaged('words', 'tokenizer.json', (bytes) => bytes.toString().replace('onion', 'union'));
    await expect(openTextEncoder(otherWords)).rejects.toThrow('tokenizer.json is damaged or half-written');
  });

  it('says what is wrong with a description', async () => {
    await expect(openTextEncoder(join(folder.path, 'nowhere'))).rejects.toThrow('cannot read encoder.json');
    const noJson = await damaged('no json', 'encoder.json', () => '{');
    await expect(openTextEncoder(noJson)).rejects.toThrow('encoder.json is not JSON');
    const newer = await damaged('newer', 'encoder.json', (bytes) =>
      bytes.toString().replace('"format": 1', '"format": 2'),
    );
    await expect(openTextEncoder(newer)).rejects.toThrow(/does not describe a text encoder:[\s\S]*format/);
    const renamed = await damaged('renamed', 'encoder.json', (bytes) =>
      bytes.toString().replace(/"version": "\w+"/, '"version": "000000000000"'),
    );
    await expect(openTextEncoder(renamed)).rejects.toThrow(
      'must be the first 12 digits of the SHA-256 of encoder.onnx',
    );
  });

  it('names the file that is missing', async () => {
    const dir = join(folder.path, 'bare');
    await writeTextEncoder(dir, funnel);
    await copyFile(join(dir, 'encoder.json'), join(folder.path, 'encoder.json'));
    await expect(openTextEncoder(folder.path)).rejects.toThrow(`cannot read ${join(folder.path, 'encoder.onnx')}`);
  });

  it('refuses an encoder that gives no unit vectors of its width', async () => {
    const cases: [string, WritableTextEncoder, string][] = [
      ['nan', { ...funnel, onnx: funnelGraph(table.map(() => Number.NaN)) }, 'a vector has length NaN, not 1'],
      ['wide', { ...funnel, width: WIDTH + 1 }, 'its vectors have 8 values, encoder.json says 9'],
      ['bert wide', { ...bert, width: WIDTH + 1 }, '8 values per token, encoder.json says 9'],
      ['no graph', { ...funnel, onnx: Uint8Array.of(1, 2, 3) }, 'encoder.onnx does not load'],
      ['other kind', { ...bert, onnx: funnel.onnx }, 'self-check'],
    ];
    for (const [name, encoder, message] of cases)
      await expect(openTextEncoder(await written(name, encoder)), name).rejects.toThrow(message);
  });
});
