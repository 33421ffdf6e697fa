import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { readEncoderDescription } from './encoder-description.ts';
import { type WritableTextEncoder, writeTextEncoder } from './write-text-encoder.ts';

const encoder: WritableTextEncoder = {
  kind: 'funnel',
  width: 256,
  maxTokens: 128,
  merge: 4,
  provenance: 'trained by a test',
  training: { seed: 7, rows: 120, losses: [0.7, 0.5], teacher: null },
  onnx: Uint8Array.of(1, 2, 3),
  tokenizerJson: '{"é":1}',
};

describe('writeTextEncoder', () => {
  it('writes both files and a description that names them by size and hash', async () => {
    await using folder = await temporaryFolder();
    const dir = join(folder.path, 'deep', 'encoder');
    const description = await writeTextEncoder(dir, encoder);
    expect((await readdir(dir)).toSorted()).toEqual(['encoder.json', 'encoder.onnx', 'tokenizer.json']);
    expect(await readFile(join(dir, 'tokenizer.json'), 'utf8')).toBe('{"é":1}');
    const sha256 = createHash('sha256').update(encoder.onnx).digest('hex');
    const { onnx: _, tokenizerJson: __, ...facts } = encoder;
    expect(description).toMatchObject({ ...facts, format: 1, version: sha256.slice(0, 12) });
    expect(description.files['encoder.onnx']).toEqual({ sha256, bytes: 3 });
    expect(description.files['tokenizer.json'].bytes).toBe(8);
    expect(await readEncoderDescription(dir)).toEqual(description);
  });

  it('replaces an encoder and leaves other files alone', async () => {
    await using folder = await temporaryFolder();
    const former = await writeTextEncoder(folder.path, encoder);
    await writeFile(join(folder.path, 'notes.md'), 'mine');
    const latter = await writeTextEncoder(folder.path, { ...encoder, onnx: Uint8Array.of(4) });
    expect(latter.version).not.toBe(former.version);
    expect(await readEncoderDescription(folder.path)).toEqual(latter);
    expect(await readFile(join(folder.path, 'notes.md'), 'utf8')).toBe('mine');
  });

  it('writes nothing when the description contradicts itself', async () => {
    await using folder = await temporaryFolder();
    const wrong = { ...encoder, maxTokens: 127 };
    await expect(writeTextEncoder(join(folder.path, 'new'), wrong)).rejects.toThrow('must be a multiple of merge');
    expect(await readdir(folder.path)).toEqual([]);
    const former = await writeTextEncoder(folder.path, encoder);
    await expect(writeTextEncoder(folder.path, wrong)).rejects.toThrow('must be a multiple of merge');
    expect(await readEncoderDescription(folder.path)).toEqual(former);
    expect(await readdir(folder.path)).toHaveLength(3);
  });

  it('leaves no unfinished files when a file cannot take its place', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'encoder.json', 'in the way'), { recursive: true });
    await expect(writeTextEncoder(folder.path, encoder)).rejects.toThrow();
    expect((await readdir(folder.path)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
