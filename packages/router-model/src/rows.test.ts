import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRows, type TrainingRow } from './rows.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'router-rows-'));
});
afterAll(() => rm(dir, { recursive: true }));

const benchmarkRow = {
  id: 'bench:1',
  source: 'bench',
  domain: 'sums',
  quality_kind: 'exact_match',
  prompt: '1 + 1?',
  split: 'dev',
  models: { small: { q: 0, out_tok: 12, cost: 0.000001 }, large: { q: 1 } },
};

async function all(file: string): Promise<TrainingRow[]> {
  const rows: TrainingRow[] = [];
  for await (const row of readRows([file])) rows.push(row);
  return rows;
}

async function read(name: string, content: string | Uint8Array) {
  const file = join(dir, name);
  await writeFile(file, content);
  return all(file);
}

describe('readRows', () => {
  it('reads benchmark rows, gzipped or not', async () => {
    const line = `${JSON.stringify(benchmarkRow)}\n`;
    const plain = await read('plain.jsonl', line);
    const [zipped] = await read('zipped.jsonl.gz', gzipSync(line));
    expect(plain).toEqual([{ ...zipped, place: join(dir, 'plain.jsonl:1') }]);
    expect(plain[0]).toMatchObject({
      id: 'bench:1',
      split: 'dev',
      prompt: { text: '1 + 1?' },
      observations: [
        { model: 'small', scores: { factual_accuracy: 0 }, outputTokens: 12, costNanoUsd: 1_000 },
        { model: 'large', scores: { factual_accuracy: 1 } },
      ],
    });
  });

  it('leaves unknown lengths and costs unknown', async () => {
    const [row] = await read('unknown.jsonl', JSON.stringify(benchmarkRow));
    expect(row?.observations[1]?.outputTokens).toBeUndefined();
    expect(row?.observations[1]?.costNanoUsd).toBeUndefined();
  });

  it('takes a single judge mark as evidence for relevance, completeness and coherence, not for facts', async () => {
    const judged = { ...benchmarkRow, quality_kind: 'judge_1_10', models: { small: { q: 0.5 } } };
    const [row] = await read('judged.jsonl', JSON.stringify(judged));
    expect(row?.observations[0]?.scores).toEqual({ relevance: 0.5, completeness: 0.5, coherence: 0.5 });
  });

  it('reads scored replies given by prompt or by messages', async () => {
    const byPrompt = { prompt: 'hello', model: 'm', scores: { tone: 0.9 }, output_tokens: 5 };
    const byMessages = { messages: [{ role: 'user', content: 'hello' }], model: 'n', scores: { safety: 1 } };
    const rows = await read('own.jsonl', `${JSON.stringify(byPrompt)}\n\n${JSON.stringify(byMessages)}\n`);
    expect(rows).toHaveLength(2);
    expect(rows[0]?.id).toBe(rows[1]?.id);
    expect(rows[0]?.observations).toEqual([{ model: 'm', scores: { tone: 0.9 }, outputTokens: 5 }]);
  });

  it('names file and line of what it cannot read', async () => {
    const good = JSON.stringify(benchmarkRow);
    await expect(read('broken.jsonl', `${good}\n{"id": 1`)).rejects.toThrow(/broken\.jsonl:2: not JSON/);
    const outOfRange = JSON.stringify({ ...benchmarkRow, models: { small: { q: 1.5 } } });
    await expect(read('range.jsonl', `${good}\n${good}\n${outOfRange}`)).rejects.toThrow(
      /range\.jsonl:3: [\s\S]*models/,
    );
    await expect(read('neither.jsonl', '{"model": "m", "scores": {}}')).rejects.toThrow(/needs prompt or messages/);
  });

  it.each([
    ['a score below 0', { models: { small: { q: -0.1 } } }, /models[\s\S]*small[\s\S]*q/],
    ['a score written as text', { models: { small: { q: '0.5' } } }, /expected number/],
    ['no score', { models: { small: {} } }, /models[\s\S]*small[\s\S]*q/],
    ['a cost below 0', { models: { small: { q: 1, cost: -1 } } }, /cost/],
    ['models that are none', { models: null }, /models/],
    ['a split of its own invention', { split: 'validation' }, /split/],
  ])('refuses a benchmark row with %s, naming file, line and field', async (_what, change, message) => {
    const line = JSON.stringify({ ...benchmarkRow, ...change });
    await expect(read('bad.jsonl', `\n${line}`)).rejects.toThrow(/bad\.jsonl:2: /);
    await expect(read('bad.jsonl', line)).rejects.toThrow(message);
  });

  it.each([
    ['NaN', '{"prompt": "p", "model": "m", "scores": {"tone": NaN}}', /not JSON/],
    ['infinity', '{"prompt": "p", "model": "m", "scores": {"tone": 1e999}}', /tone/],
    ['a score above 1', '{"prompt": "p", "model": "m", "scores": {"tone": 7}}', /tone/],
    ['a dimension nobody knows', '{"prompt": "p", "model": "m", "scores": {"charm": 1}}', /charm/],
    ['no model', '{"prompt": "p", "scores": {"tone": 1}}', /model/],
    ['a list', '[]', /expected object/],
    ['null', 'null', /expected object/],
  ])('refuses a scored reply with %s', async (_what, line, message) => {
    await expect(read('bad.jsonl', line)).rejects.toThrow(/bad\.jsonl:1: /);
    await expect(read('bad.jsonl', line)).rejects.toThrow(message);
  });

  it('reports a missing or damaged file instead of waiting', async () => {
    await expect(all(join(dir, 'absent.jsonl.gz'))).rejects.toThrow(/ENOENT/);
    await expect(read('damaged.jsonl.gz', Uint8Array.from([1, 2, 3]))).rejects.toThrow();
  });
});
