import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { collect } from '../test/collect.ts';
import { type Emulator, startEmulator } from './index.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    recordings: [
      {
        prompt: 'What is 2 + 2?',
        replies: { 'gpt-4o-mini': { text: '4', inputTokens: 12, outputTokens: 3, score: 0.5 } },
      },
    ],
    keepRequests: 5,
  });
});
afterAll(() => emulator.close());
afterEach(() => emulator.clear());

type Body = { model?: string; stream?: boolean; [field: string]: unknown };

async function post(body: Body | string, path = '/openai/v1/chat/completions'): Promise<IncomingMessage> {
  const ask = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] };
  const text = typeof body === 'string' ? body : JSON.stringify({ ...ask, ...body });
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${emulator.url}${path}`, { method: 'POST', agent: false }, resolve);
    sent.on('error', reject);
    sent.end(text);
  });
}

async function read(reply: IncomingMessage): Promise<string> {
  return Buffer.concat((await collect(reply)).map((part) => Buffer.from(part))).toString('utf8');
}

describe('the emulator over bare HTTP', () => {
  test('frames a stream as events, each in a packet of its own, and ends it with [DONE]', async () => {
    emulator.script({ chunkCount: 5, betweenTokensMs: 2 });
    const reply = await post({ stream: true });
    expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const parts = (await collect(reply)).map(String);
    const events = parts.join('').trimEnd().split('\n\n');
    expect(events.at(-1)).toBe('data: [DONE]');
    expect(events).toHaveLength(1 + 5 + 1 + 1);
    expect(parts.length).toBeGreaterThanOrEqual(5);
  });

  test('breaks a stream off after the events it may send', async () => {
    emulator.script({ cutAfterChunks: 2 });
    const reply = await post({ stream: true });
    const seen: string[] = [];
    await expect(
      (async () => {
        for await (const part of reply) seen.push(String(part));
      })(),
    ).rejects.toThrow('aborted');
    expect(seen.join('').match(/data: /g)).toHaveLength(2);
  });

  test('breaks a plain reply off in the middle of its body', async () => {
    emulator.script({ cutAfterChunks: 1 });
    await expect(read(await post({}))).rejects.toThrow('aborted');
  });

  test('closes or hangs before the headers', async () => {
    emulator.script({ times: 1, closeBeforeHeaders: true });
    await expect(post({})).rejects.toThrow('socket hang up');
    emulator.script({ times: 1, hangBeforeHeaders: true });
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    socket.write('POST /openai/v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}');
    await expect.poll(() => emulator.requests.length).toBe(2);
    socket.destroy();
    await expect.poll(() => emulator.requests[1]?.abortedAtMs).toBeTypeOf('number');
  });

  test.each([
    ['gzip' as const, gunzipSync],
    ['br' as const, brotliDecompressSync],
  ])('sends %s event by event, so that a stream flows also when compressed', async (encoding, decompress) => {
    emulator.script({ encoding, chunkCount: 4, betweenTokensMs: 2 });
    const reply = await post({ stream: true });
    expect(reply.headers['content-encoding']).toBe(encoding);
    const parts = (await collect(reply)).map((part) => Buffer.from(part));
    expect(parts.length).toBeGreaterThanOrEqual(4);
    expect(decompress(Buffer.concat(parts)).toString('utf8')).toContain('data: [DONE]');
    const plain = await collect(await post({}));
    expect(
      JSON.parse(decompress(Buffer.concat(plain.map((part) => Buffer.from(part)))).toString('utf8')),
    ).toHaveProperty('id');
  });

  test('writes raw chunks as they are', async () => {
    emulator.script({ rawChunks: ['data: {"half":', '1}\n\n: comment\n\n', 'data: [DONE]\r\n\r\n'] });
    expect(await read(await post({ stream: true }))).toBe('data: {"half":1}\n\n: comment\n\ndata: [DONE]\r\n\r\n');
  });

  test('waits where the script says so', async () => {
    emulator.script({ latencyMs: 60, firstTokenMs: 60 });
    const startedAt = performance.now();
    const reply = await post({ stream: true });
    const headersAt = performance.now();
    await read(reply);
    expect(headersAt - startedAt).toBeGreaterThanOrEqual(55);
    expect(performance.now() - headersAt).toBeGreaterThanOrEqual(55);
  });

  test('tells the client when to come back, in the body of each provider', async () => {
    emulator.script({ fail: { status: 429, retryAfterSeconds: 9, message: 'Slow down' } });
    const bodies = { openai: {}, mistral: {}, anthropic: {} };
    for (const format of ['openai', 'mistral', 'anthropic'] as const) {
      const reply = await post({}, `/${format}/v1${format === 'anthropic' ? '/messages' : '/chat/completions'}`);
      if (format !== 'anthropic') expect(reply.headers['retry-after']).toBe('9');
      bodies[format] = JSON.parse(await read(reply)) as object;
    }
    expect(bodies.openai).toEqual({
      error: { message: 'Slow down', type: 'requests', param: null, code: 'rate_limit_exceeded' },
    });
    expect(bodies.mistral).toMatchObject({
      object: 'error',
      message: 'Slow down',
      type: 'rate_limited',
      raw_status_code: 429,
    });
    // Without its version header Anthropic refuses before it counts.
    expect(bodies.anthropic).toMatchObject({
      type: 'error',
      error: { message: 'anthropic-version: header is required' },
    });
  });

  test('answers with an error page, broken JSON and unknown paths as a provider does', async () => {
    emulator.script({ times: 1, fail: { status: 502, kind: 'not_json' } });
    const page = await post({});
    expect([page.statusCode, page.headers['content-type']]).toEqual([502, 'text/html']);
    expect(await read(page)).toMatch(/^<html>/);
    expect((await post('{"model":')).statusCode).toBe(400);
    expect((await post('[]', '/mistral/v1/chat/completions')).statusCode).toBe(422);
    const lost = await post({}, '/openai/v1/nowhere');
    expect(lost.statusCode).toBe(404);
    expect(JSON.parse(await read(lost))).toHaveProperty('error.message', 'Invalid URL (POST /openai/v1/nowhere)');
    expect((await fetch(`${emulator.url}/openai/v1/models/%zz`)).status).toBe(200);
  });

  test('returns what was recorded, and keeps the score for those who ask', async () => {
    const reply = await post({ messages: [{ role: 'user', content: 'What is 2 + 2?' }] });
    const body = JSON.parse(await read(reply)) as object;
    expect(body).toMatchObject({
      choices: [{ message: { content: '4' } }],
      usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
    });
    expect(emulator.scoreOf('gpt-4o-mini', 'What is 2 + 2?')).toBe(0.5);
    expect(emulator.scoreOf('gpt-4o', 'What is 2 + 2?')).toBeUndefined();
  });

  test('logs what it received, and no more than it should keep', async () => {
    for (let count = 0; count < 7; count += 1) await read(await post({ user: `user ${count}` }));
    expect(emulator.requests.map(({ body }) => Object(body).user)).toEqual(
      [2, 3, 4, 5, 6].map((count) => `user ${count}`),
    );
    expect(emulator.requests[0]).toMatchObject({
      format: 'openai',
      model: 'gpt-4o-mini',
      stream: false,
      path: '/openai/v1/chat/completions',
    });
    await expect.poll(() => emulator.requests.at(-1)?.finishedAtMs).toBeTypeOf('number');
  });

  test('survives clients that hang up at any moment, compressed or not', async () => {
    for (const encoding of ['identity', 'gzip', 'br'] as const) {
      emulator.script({ encoding, chunkCount: 200, times: 20 });
      await Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          const reply = await post({ stream: true });
          let parts = 0;
          reply.on('error', () => undefined);
          reply.on('data', () => {
            parts += 1;
            if (parts > index) reply.destroy();
          });
          await new Promise((resolve) => reply.once('close', resolve));
        }),
      );
    }
    expect((await post({})).statusCode).toBe(200);
  });

  test('closes although a request hangs', async () => {
    const other = await startEmulator();
    other.script({ hangBeforeHeaders: true });
    const pending = fetch(`${other.baseUrl('openai')}/models`).catch((error: unknown) => error);
    await expect.poll(() => other.requests.length).toBe(1);
    await other.close();
    expect(await pending).toBeInstanceOf(TypeError);
  });
});
