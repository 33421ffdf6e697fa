import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readEncoderDescription } from '../encoder-description.ts';
import type { PinnedEncoder } from './pinned-encoder.ts';
import { type PullProgress, pullPinnedEncoder } from './pull-pinned-encoder.ts';
import { pullReferenceEncoder } from './pull-reference-encoder.ts';
import { REFERENCE_ENCODER } from './reference-encoder.ts';

const onnx = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
const tokenizer = new TextEncoder().encode('{"model":{}}');

function pinnedFile(path: string, bytes: Uint8Array) {
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const pinned: PinnedEncoder = {
  ...REFERENCE_ENCODER,
  files: {
    'encoder.onnx': pinnedFile('onnx/model_quint8_avx2.onnx', onnx),
    'tokenizer.json': pinnedFile('tokenizer.json', tokenizer),
  },
};
const REVISION = '1110a243fdf4706b3f48f1d95db1a4f5529b4d41';
const ONNX_URL = `https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/${REVISION}/onnx/model_quint8_avx2.onnx`;
const TOKENIZER_URL = `https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/${REVISION}/tokenizer.json`;

type Answer = () => Response | Promise<Response>;
/** Answers like the hub, apart from the address given. */
function hub(url?: string, answer?: Answer) {
  return async (asked: string): Promise<Response> => {
    if (asked === url && answer !== undefined) return answer();
    if (asked === ONNX_URL) return new Response(onnx);
    if (asked === TOKENIZER_URL) return new Response(tokenizer);
    return new Response('Entry not found', { status: 404 });
  };
}

function noNetwork(): Promise<Response> {
  return Promise.reject(new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND huggingface.co') }));
}

/** Bytes in chunks, then a broken connection. */
function brokenOff(): Response {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === 3) controller.error(new TypeError('terminated', { cause: new Error('other side closed') }));
      else controller.enqueue(onnx.subarray(sent * 1_000, (sent + 1) * 1_000));
      sent += 1;
    },
  });
  return new Response(body);
}

describe('pullReferenceEncoder', () => {
  it('puts the pinned files and their description into an encoder folder', async () => {
    await using folder = await temporaryFolder();
    const dir = join(folder.path, 'reference');
    const description = await pullPinnedEncoder(dir, pinned, { fetch: hub() });
    expect((await readdir(dir)).toSorted()).toEqual(['encoder.json', 'encoder.onnx', 'tokenizer.json']);
    expect(new Uint8Array(await readFile(join(dir, 'encoder.onnx')))).toEqual(onnx);
    expect(await readEncoderDescription(dir)).toEqual(description);
    expect(description).toMatchObject({ kind: 'bert', width: 384, maxTokens: 32, merge: 1 });
    expect(description.version).toBe(pinned.files['encoder.onnx'].sha256.slice(0, 12));
    expect(description.provenance).toContain(`all-MiniLM-L6-v2 at revision ${REVISION}`);
    expect(description.provenance).toContain('licence Apache-2.0');
  });

  it('tells how far it is', async () => {
    await using folder = await temporaryFolder();
    const heard: PullProgress[] = [];
    await pullPinnedEncoder(folder.path, pinned, { fetch: hub(), onProgress: (progress) => heard.push(progress) });
    expect(heard.at(-1)).toEqual({ file: 'tokenizer.json', receivedBytes: 12, totalBytes: 12 });
    const first = heard
      .filter(({ file }) => file === 'model_quint8_avx2.onnx')
      .map(({ receivedBytes }) => receivedBytes);
    expect(first.at(-1)).toBe(onnx.length);
    expect(first).toEqual(first.toSorted((a, b) => a - b));
  });

  it('takes the files from a folder without asking the network', async () => {
    await using folder = await temporaryFolder();
    const from = folder.path;
    await writeFile(join(from, 'model_quint8_avx2.onnx'), onnx);
    await expect(pullPinnedEncoder(join(from, 'out'), pinned, { fetch: noNetwork, from })).rejects.toThrow(
      `cannot read ${join(from, 'tokenizer.json')}: the folder must hold tokenizer.json`,
    );
    await writeFile(join(from, 'tokenizer.json'), tokenizer);
    await pullPinnedEncoder(join(from, 'out'), pinned, { fetch: noNetwork, from });
    expect(await readdir(join(from, 'out'))).toHaveLength(3);
  });

  it('says without a network what it tried and how to bring the files by hand', async () => {
    await using folder = await temporaryFolder();
    const failure = pullReferenceEncoder(join(folder.path, 'reference'), { fetch: noNetwork });
    await expect(failure).rejects.toThrow(
      `could not reach ${ONNX_URL}: fetch failed (getaddrinfo ENOTFOUND huggingface.co). ` +
        'This machine seems to have no way to https://huggingface.co.',
    );
    await expect(failure).rejects.toThrow(
      `fetch these files on another machine and pull from a folder that holds them:\n  ${ONNX_URL}\n  ${TOKENIZER_URL}`,
    );
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('leaves nothing behind, and an encoder that was there as it was, when the bytes are not the pinned ones', async () => {
    const other = onnx.toReversed();
    const cases: [string, Answer, string][] = [
      [ONNX_URL, () => new Response(other), 'is not the pinned file: expected SHA-256'],
      [ONNX_URL, () => new Response(onnx.subarray(0, 99_999)), 'is incomplete: 99999 of 100000 bytes'],
      [ONNX_URL, () => new Response(new Uint8Array(100_001)), 'it has more than 100000 bytes'],
      [ONNX_URL, brokenOff, 'broke off: terminated (other side closed)'],
      [TOKENIZER_URL, () => new Response('no', { status: 404 }), `${TOKENIZER_URL} was answered with status 404`],
      [TOKENIZER_URL, () => new Response(null, { status: 204 }), 'was answered with status 204'],
      [TOKENIZER_URL, noNetwork, `could not reach ${TOKENIZER_URL}`],
    ];
    await using folder = await temporaryFolder();
    const former = join(folder.path, 'former');
    const description = await pullPinnedEncoder(former, pinned, { fetch: hub() });
    for (const [url, answer, message] of cases) {
      const fetch = hub(url, answer);
      await expect(pullPinnedEncoder(join(folder.path, 'new'), pinned, { fetch }), message).rejects.toThrow(message);
      await expect(pullPinnedEncoder(former, pinned, { fetch }), message).rejects.toThrow(message);
      expect(await readdir(folder.path)).toEqual(['former']);
      expect(await readdir(former)).toHaveLength(3);
      expect(await readEncoderDescription(former)).toEqual(description);
    }
  });
});
