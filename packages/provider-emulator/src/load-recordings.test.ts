import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collect } from '../test/collect.ts';
import { loadRecordings } from './load-recordings.ts';

const rows = [
  {
    id: 'a:1',
    source: 'a',
    domain: 'math',
    split: 'dev',
    prompt: 'One?',
    in_tok: 10,
    models: { big: { q: 1, out_tok: 7 }, small: { q: 0, in_tok: 9, out_tok: 4 } },
  },
  {
    id: 'a:2',
    source: 'a',
    domain: 'law',
    split: 'train',
    prompt: 'Two?',
    in_tok: 20,
    models: { big: { q: 0.5 }, small: { q: 0.25 } },
  },
  {
    id: 'a:3',
    source: 'a',
    domain: 'law',
    split: 'dev',
    prompt: 'One?',
    in_tok: 30,
    models: { big: { q: 0, out_tok: 1 } },
  },
];
const texts = [
  { id: 'a:1', outputs: { big: 'It is one.', other: 'unused' } },
  { id: 'a:2', outputs: { big: 'Two words' } },
];
const models = { big: 'gpt-4o', small: 'gpt-4o-mini' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  const packed = (lines: object[]) => gzipSync(lines.map((line) => JSON.stringify(line)).join('\n'));
  await mkdir(join(folder, 'outputs'));
  await writeFile(join(folder, 'a.jsonl.gz'), packed(rows));
  await writeFile(join(folder, 'outputs', 'a.outputs.jsonl.gz'), packed(texts));
});
afterAll(() => rm(folder, { recursive: true }));

describe('loadRecordings', () => {
  test('joins rows and texts under the upstream names, with measured counts first', async () => {
    expect(await collect(loadRecordings(folder, { models }))).toEqual([
      {
        prompt: 'One?',
        replies: {
          'gpt-4o': { text: 'It is one.', inputTokens: 10, outputTokens: 7, score: 1 },
          'gpt-4o-mini': { text: undefined, inputTokens: 9, outputTokens: 4, score: 0 },
        },
      },
      // The small model's reply was neither measured nor kept: nobody knows what it used.
      { prompt: 'Two?', replies: { 'gpt-4o': { text: 'Two words', inputTokens: 20, outputTokens: 2, score: 0.5 } } },
    ]);
  });

  test('filters rows and stops at the limit', async () => {
    const filter = (row: { domain: string }) => row.domain === 'law';
    const prompts = (await collect(loadRecordings(folder, { models, filter }))).map(({ prompt }) => prompt);
    expect(prompts).toEqual(['Two?', 'One?']);
    expect(await collect(loadRecordings(folder, { models, limit: 1 }))).toHaveLength(1);
  });

  test('fails when a named source is not there', async () => {
    await expect(collect(loadRecordings(folder, { models, sources: ['missing'] }))).rejects.toThrow('ENOENT');
  });

  const shared = join(
    process.env.POINTSMAN_SHARED_DIR ?? fileURLToPath(new URL('../../../../shared', import.meta.url)),
    'data/router',
  );
  const isRequired = process.env.POINTSMAN_REQUIRE_ALL === '1';
  test.skipIf(!existsSync(shared) && !isRequired)('reads the shared routing data', async () => {
    const options = { models: { 'gpt-4-1106-preview': 'gpt-4-turbo' }, sources: ['routellm_gsm8k'], limit: 200 };
    const recordings = await collect(loadRecordings(shared, options));
    expect(recordings).toHaveLength(200);
    for (const { replies } of recordings) {
      expect(replies['gpt-4-turbo']).toMatchObject({ text: expect.stringMatching(/./), score: expect.any(Number) });
      expect(replies['gpt-4-turbo']?.outputTokens).toBeGreaterThan(0);
    }
  });
});
