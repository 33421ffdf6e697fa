import { once } from 'node:events';
import {
  brotliCompressSync,
  createBrotliCompress,
  createGzip,
  deflateSync,
  gzipSync,
  constants as zlibConstants,
} from 'node:zlib';
import type { ChatRequest } from '@pointsman/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectReply, collectStream, usageOf } from '../test/collect-answer.ts';
import { makeModel, makeProvider } from '../test/fixtures/catalog.ts';
import { openAiFixtures } from '../test/fixtures/openai.ts';
import { baseRequest } from '../test/sample-fields.ts';
import { json, startProvider, stream, type TestProvider } from '../test/start-provider.ts';
import { createProviderClient } from './create-provider-client.ts';
import type {
  AttemptReport,
  ChatAnswer,
  ChatStream,
  ProviderClient,
  ProviderClientOptions,
  StreamPart,
} from './types.ts';
import { ProviderError } from './types.ts';

const [plainReply] = openAiFixtures.replies;
const [plainStream] = openAiFixtures.streams;
if (plainReply === undefined || plainStream === undefined) throw new Error('the OpenAI fixtures are empty');

const events = plainStream.bytes.split(/(?<=\n\n)/);
const overloaded = { error: { message: 'busy', type: 'server_error', code: null } };

let upstream: TestProvider;
let client: ProviderClient;
let reports: AttemptReport[];

function connect(options: Partial<ProviderClientOptions> = {}): void {
  client = createProviderClient({ keyFor: () => 'sk-secret', now: Date.now, ...options });
}

function ask(
  over: {
    stream?: boolean;
    request?: Partial<ChatRequest>;
    signal?: AbortSignal;
    model?: string;
    needsKey?: boolean;
  } = {},
): Promise<ChatAnswer> {
  const provider = makeProvider({ baseUrl: upstream.url, needsKey: over.needsKey ?? true });
  const model = makeModel(provider, { id: `acme/${over.model ?? 'able-1'}` });
  const call = { provider, model, request: { ...baseRequest(), ...over.request }, stream: over.stream ?? false };
  return client.chat(call, {
    signal: over.signal ?? new AbortController().signal,
    onAttempt: (report) => reports.push(report),
  });
}

async function open(over: Parameters<typeof ask>[0] = {}): Promise<ChatStream> {
  const answer = await ask({ ...over, stream: true });
  if (answer.kind !== 'stream') throw new Error('expected a stream');
  return answer;
}

async function drain(answer: ChatStream): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of answer.parts) parts.push(part);
  return parts;
}

async function failureOf(promise: Promise<unknown>): Promise<ProviderError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProviderError) return error;
  throw new Error(`expected a ProviderError, got ${String(error)}`);
}

beforeEach(async () => {
  upstream = await startProvider();
  reports = [];
  connect();
});
afterEach(async () => {
  await client.close();
  await upstream.close();
});

describe('a whole reply', () => {
  it('passes byte for byte, with its usage, request id and one report', async () => {
    upstream.answerWith(json(200, plainReply.body));
    const answer = await ask();
    if (answer.kind !== 'reply') throw new Error('expected a reply');
    expect(String(answer.body)).toBe(plainReply.body);
    expect(answer).toMatchObject({ usage: plainReply.usage, providerRequestId: 'req-1' });
    expect(reports).toEqual([
      expect.objectContaining({ outcome: 'answered', status: 200, providerRequestId: 'req-1', consumed: 'perhaps' }),
    ]);
    const [seen] = upstream.seen;
    expect(seen?.path).toBe('/v1/chat/completions');
    expect(seen?.headers).toMatchObject({
      authorization: 'Bearer sk-secret',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('is read although the provider compressed it with %s unasked', async (encoding, compress) => {
    upstream.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
      response.end(compress(plainReply.body));
    });
    const answer = await ask();
    expect(answer.kind === 'reply' && collectReply(answer.body)).toMatchObject(plainReply.expect);
  });

  it('is a failure for the next model when its encoding is unknown', async () => {
    upstream.answerWith(json(200, plainReply.body, { 'content-encoding': 'snappy' }));
    expect(await failureOf(ask())).toMatchObject({ kind: 'unsuitable' });
  });

  it('keeps the connection for the next call', async () => {
    upstream.answerWith(json(200, plainReply.body));
    for (let i = 0; i < 6; i++) await ask();
    // undici frees a connection one turn of the event loop late, so back-to-back calls alternate between two.
    expect(upstream.connections).toBeLessThanOrEqual(2);
  });
});

describe('a stream', () => {
  it('gives its parts as they come, then its usage, then one report', async () => {
    upstream.answerWith(stream(events));
    const answer = await open();
    expect(reports).toEqual([]);
    const parts = await drain(answer);
    expect(collectStream(parts)).toMatchObject(plainStream.expect);
    expect(usageOf(parts)).toEqual(plainStream.usage);
    expect(reports).toEqual([
      expect.objectContaining({ outcome: 'answered', status: 200, firstTokenMs: expect.any(Number) }),
    ]);
  });

  it('gives its connection back when it ended well', async () => {
    upstream.answerWith(stream(events));
    for (let i = 0; i < 6; i++) await drain(await open());
    expect(upstream.connections).toBeLessThanOrEqual(2);
  });

  it('is given out only once something real has come', async () => {
    const [role = '', first = ''] = events;
    let sent = 0;
    upstream.answerWith(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(role);
      await new Promise((resolve) => setTimeout(resolve, 80));
      sent = Date.now();
      response.write(first);
      response.end(events.slice(2).join(''));
    });
    const answer = await open();
    expect(sent).toBeGreaterThan(0);
    const parts = await drain(answer);
    expect(collectStream(parts)).toMatchObject(plainStream.expect);
  });

  it('rejects on an error in its first event, and on a role followed by an error, so that another model can answer', async () => {
    connect({ retries: 0 });
    const error = `data: ${JSON.stringify(overloaded)}\n\n`;
    for (const pieces of [[error], [events[0] ?? '', error]]) {
      upstream.answerWith(stream(pieces));
      expect(await failureOf(open())).toMatchObject({ kind: 'transient', message: 'busy', consumed: 'perhaps' });
    }
    expect(reports.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
  });

  it('rejects when it breaks off right behind its first content, for nothing of it was given out', async () => {
    connect({ retries: 0 });
    upstream.answerWith(stream([`${events.slice(0, 3).join('')}data: ${JSON.stringify(overloaded)}\n\n`]));
    expect(await failureOf(open())).toMatchObject({ kind: 'transient', message: 'busy' });
  });

  it('throws after its first part when the provider breaks off, and says so in the report', async () => {
    upstream.answerWith(stream(events.slice(0, 3), { gapMs: 20 }));
    const answer = await open();
    const parts: StreamPart[] = [];
    const failure = await failureOf(
      (async () => {
        for await (const part of answer.parts) parts.push(part);
      })(),
    );
    expect(failure).toMatchObject({ kind: 'transient', code: 'cut' });
    expect(collectStream(parts).content).toBe('Grüezi, "Zoë" 👋');
    expect(reports).toEqual([
      expect.objectContaining({ outcome: 'failed', failure: 'transient', consumed: 'perhaps' }),
    ]);
  });

  it('throws after its first part when the connection breaks', async () => {
    upstream.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(events.slice(0, 3).join(''));
      setTimeout(() => response.destroy(), 20);
    });
    const answer = await open();
    expect(await failureOf(drain(answer))).toMatchObject({
      kind: 'transient',
      message: expect.stringMatching(/^network: /),
    });
  });

  it('is whole when the connection breaks behind its finish reason', async () => {
    upstream.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(events.slice(0, 6).join(''));
      setTimeout(() => response.destroy(), 20);
    });
    expect(collectStream(await drain(await open()))).toMatchObject(plainStream.expect);
  });

  it.each([
    ['gzip', () => createGzip({ flush: zlibConstants.Z_SYNC_FLUSH })],
    ['br', () => createBrotliCompress({ flush: zlibConstants.BROTLI_OPERATION_FLUSH })],
  ] as const)('is decoded chunk by chunk when it comes as %s unasked', async (encoding, compressor) => {
    let rest: () => void = () => undefined;
    upstream.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': encoding });
      const zip = compressor();
      zip.pipe(response);
      zip.write(events.slice(0, 2).join(''));
      rest = () => zip.end(events.slice(2).join(''));
    });
    const answer = await open();
    const first = await answer.parts.next();
    expect(first.done).toBe(false);
    rest();
    const parts = [...(first.done === true ? [] : [first.value]), ...(await drain(answer))];
    expect(collectStream(parts)).toMatchObject(plainStream.expect);
  });

  it('survives an abort while it is being decoded', async () => {
    upstream.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      const zip = createGzip({ flush: zlibConstants.Z_SYNC_FLUSH });
      zip.pipe(response);
      zip.write(events.slice(0, 3).join(''));
    });
    const controller = new AbortController();
    const answer = await open({ signal: controller.signal });
    const drained = drain(answer).catch((reason: unknown) => reason);
    controller.abort(new Error('client left'));
    expect(await drained).toMatchObject({ message: 'client left' });
    expect(reports).toEqual([expect.objectContaining({ outcome: 'abandoned' })]);
  });

  it('is classified when the host answers with an error in a JSON body and status 200', async () => {
    connect({ retries: 0 });
    upstream.answerWith(json(200, { error: { message: 'flagged', code: 'content_filter' } }));
    expect(await failureOf(open())).toMatchObject({ kind: 'unsuitable', code: 'content_filter' });
  });

  it('is a failure for the next model when the host answers with a whole reply instead', async () => {
    upstream.answerWith(json(200, plainReply.body));
    expect(await failureOf(open())).toMatchObject({ kind: 'unsuitable', code: 'not_a_stream' });
  });
});

describe('a caller who goes away', () => {
  async function closedWithin(limitMs: number, act: () => void): Promise<void> {
    const closed = once(upstream.seen[0]?.socket ?? process, 'close');
    const started = Date.now();
    act();
    await closed;
    expect(Date.now() - started).toBeLessThan(limitMs);
  }

  it('cuts the connection to the provider at once by aborting, before the first byte', async () => {
    upstream.answerWith(() => undefined);
    const controller = new AbortController();
    const asked = ask({ signal: controller.signal }).catch((reason: unknown) => reason);
    await expect.poll(() => upstream.seen.length).toBe(1);
    await closedWithin(100, () => controller.abort(new Error('client left')));
    expect(await asked).toMatchObject({ message: 'client left' });
    expect(reports).toEqual([expect.objectContaining({ outcome: 'abandoned', consumed: 'perhaps' })]);
  });

  it('cuts the connection at once by aborting in the middle of a stream', async () => {
    upstream.answerWith(stream(events.slice(0, 3), { hang: true }));
    const controller = new AbortController();
    const answer = await open({ signal: controller.signal });
    const drained = drain(answer).catch((reason: unknown) => reason);
    await closedWithin(100, () => controller.abort(new Error('client left')));
    expect(await drained).toMatchObject({ message: 'client left' });
    expect(reports).toEqual([expect.objectContaining({ outcome: 'abandoned' })]);
  });

  it('cuts the connection at once by returning from the iteration', async () => {
    upstream.answerWith(stream(events.slice(0, 3), { hang: true }));
    const answer = await open();
    await answer.parts.next();
    await closedWithin(100, () => void answer.parts.return?.());
    expect(reports).toEqual([expect.objectContaining({ outcome: 'abandoned', consumed: 'perhaps' })]);
  });

  it('leaves no report when nothing was tried', async () => {
    await expect(ask({ signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
    expect(reports).toEqual([]);
    expect(upstream.seen).toEqual([]);
  });

  it('is not retried and does not count against the provider', async () => {
    upstream.answerWith(() => undefined);
    for (let i = 0; i < 6; i++) {
      const controller = new AbortController();
      const asked = ask({ signal: controller.signal }).catch(() => undefined);
      await expect.poll(() => upstream.seen.length).toBe(i + 1);
      controller.abort();
      await asked;
    }
    expect(reports).toHaveLength(6);
    expect(client.isHealthy('acme', 'acme/able-1')).toBe(true);
  });
});

describe('waiting', () => {
  const slow = { connectMs: 2000, firstByteMs: 500, idleMs: 300, totalMs: 5000 };

  it('ends when a stream does not begin', async () => {
    connect({ timeouts: slow });
    upstream.answerWith(() => undefined);
    expect(await failureOf(open())).toMatchObject({
      kind: 'transient',
      code: 'timeout',
      message: expect.stringContaining('first byte'),
    });
    expect(reports).toHaveLength(1);
  });

  it('ends when a stream falls silent', async () => {
    connect({ timeouts: slow });
    upstream.answerWith(stream(events.slice(0, 3), { hang: true }));
    expect(await failureOf(drain(await open()))).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('next chunk'),
    });
  });

  it('goes on as long as a stream keeps coming', async () => {
    connect({ timeouts: slow });
    upstream.answerWith(stream(events, { gapMs: 50 }));
    expect(collectStream(await drain(await open()))).toMatchObject(plainStream.expect);
  });

  it('for a whole reply is limited by the total only', async () => {
    connect({ timeouts: { ...slow, totalMs: 150 } });
    upstream.answerWith(() => undefined);
    const started = Date.now();
    expect(await failureOf(ask())).toMatchObject({ code: 'timeout', message: expect.stringContaining('whole reply') });
    expect(Date.now() - started).toBeGreaterThanOrEqual(140);
  });

  it('for a reader who is behind is not held against the provider', async () => {
    connect({ timeouts: { idleMs: 100 } });
    const filler = `: ${'x'.repeat(64 * 1024)}\n\n`;
    upstream.answerWith(
      stream([...events.slice(0, 2), ...Array.from({ length: 300 }, () => filler), ...events.slice(2)]),
    );
    const answer = await open();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(collectStream(await drain(answer))).toMatchObject(plainStream.expect);
  });

  it('for a connection is bounded, and no more calls wait than there are connections', async () => {
    connect({ connectionsPerProvider: 1, timeouts: { connectMs: 80 }, retries: 0 });
    upstream.answerWith(() => undefined);
    const controller = new AbortController();
    const first = ask({ signal: controller.signal }).catch(() => undefined);
    await expect.poll(() => upstream.seen.length).toBe(1);
    const second = failureOf(ask());
    expect(await failureOf(ask())).toMatchObject({ code: 'queue_full', consumed: 'nothing' });
    expect(await second).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('a connection'),
      consumed: 'nothing',
    });
    controller.abort();
    await first;
    expect(upstream.seen).toHaveLength(1);
  });
});

describe('failures', () => {
  it('are tried again once on the same model when they may pass, each try reported', async () => {
    upstream.answerWith(json(503, overloaded), json(200, plainReply.body));
    const answer = await ask();
    expect(answer.kind).toBe('reply');
    expect(reports.map(({ outcome, status, consumed }) => [outcome, status, consumed])).toEqual([
      ['failed', 503, 'nothing'],
      ['answered', 200, 'perhaps'],
    ]);
  });

  it('are tried again after a short Retry-After, not before it', async () => {
    upstream.answerWith(
      json(429, { error: { message: 'slow down' } }, { 'retry-after-ms': '120' }),
      json(200, plainReply.body),
    );
    const started = Date.now();
    await ask();
    expect(Date.now() - started).toBeGreaterThanOrEqual(120);
  });

  it.each([
    ['a long Retry-After', 429, { error: { message: 'slow down' } }, { 'retry-after': '30' }, 'rate-limited'],
    ['x-should-retry: false', 503, overloaded, { 'x-should-retry': 'false' }, 'transient'],
    ['a refused key', 401, { error: { message: 'bad key sk-secret' } }, {}, 'misconfigured'],
    ['a malformed request', 400, { error: { message: 'bad' } }, {}, 'rejected'],
    [
      'a prompt that is too long',
      400,
      { error: { message: 'too long', code: 'context_length_exceeded' } },
      {},
      'unsuitable',
    ],
  ] as const)('go straight to the caller after %s', async (...[, status, body, headers, kind]) => {
    upstream.answerWith(json(status, body, headers));
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({ kind, status, providerRequestId: 'req-1' });
    expect(failure.message).not.toContain('sk-secret');
    expect(reports).toHaveLength(1);
  });

  it('carry the wait that the provider asked for', async () => {
    upstream.answerWith(json(429, { error: { message: 'slow down' } }, { 'retry-after': '30' }));
    expect((await failureOf(ask())).retryAfterMs).toBe(30_000);
  });

  it('of a dead host cost nothing and are told as the network', async () => {
    connect({ retries: 0 });
    await upstream.close();
    expect(await failureOf(ask())).toMatchObject({ kind: 'transient', code: 'ECONNREFUSED', consumed: 'nothing' });
    expect(reports).toHaveLength(1);
  });

  it('of a host that hangs up without an answer may have cost something', async () => {
    connect({ retries: 0 });
    upstream.answerWith((response) => void response.destroy());
    expect(await failureOf(ask())).toMatchObject({ kind: 'transient', consumed: 'perhaps' });
  });

  it('for want of a key never reach the network', async () => {
    connect({ keyFor: () => undefined });
    expect(await failureOf(ask())).toMatchObject({ kind: 'misconfigured', code: 'no_key', consumed: 'nothing' });
    expect(upstream.seen).toEqual([]);
    expect(reports).toHaveLength(1);
    upstream.answerWith(json(200, plainReply.body));
    expect((await ask({ needsKey: false })).kind).toBe('reply');
    expect(upstream.seen[0]?.headers.authorization).toBeUndefined();
  });
});

describe('the circuit breaker', () => {
  const fail = async (times: number, model?: string) => {
    for (let i = 0; i < times; i++) await failureOf(ask(model === undefined ? {} : { model }));
  };

  it('opens after five failures and then answers at once, for that model only', async () => {
    connect({ retries: 0 });
    upstream.answerWith(json(503, overloaded));
    await fail(5);
    expect(client.isHealthy('acme', 'acme/able-1')).toBe(false);
    expect(await failureOf(ask())).toMatchObject({ kind: 'transient', code: 'circuit_open', consumed: 'nothing' });
    expect(upstream.seen).toHaveLength(5);
    expect(reports).toHaveLength(6);
    expect(client.isHealthy('acme', 'acme/other')).toBe(true);
    expect(client.breakers()).toEqual([{ provider: 'acme', modelId: 'acme/able-1', state: 'open' }]);
  });

  it('does not mind requests that the provider refuses for their own sake', async () => {
    connect({ retries: 0 });
    upstream.answerWith(json(400, { error: { message: 'bad' } }));
    await fail(8);
    upstream.answerWith(json(400, { error: { message: 'too long', code: 'context_length_exceeded' } }));
    await fail(8);
    expect(client.isHealthy('acme', 'acme/able-1')).toBe(true);
  });

  it('counts streams that break after they began', async () => {
    connect({ retries: 0 });
    upstream.answerWith(json(503, overloaded));
    await fail(4);
    upstream.answerWith(stream(events.slice(0, 3), { gapMs: 20 }));
    await failureOf(drain(await open()));
    expect(client.isHealthy('acme', 'acme/able-1')).toBe(false);
  });

  it('offers the model again when a probe is due, and closes when it succeeds', async () => {
    let clock = Date.now();
    connect({ retries: 0, now: () => clock });
    upstream.answerWith(json(503, overloaded));
    await fail(5);
    expect(client.isHealthy('acme', 'acme/able-1')).toBe(false);
    clock += 10_000;
    expect(client.isHealthy('acme', 'acme/able-1')).toBe(true);
  });
});

describe('embeddings', () => {
  const embedding = {
    object: 'list',
    model: 'e',
    data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }],
    usage: { prompt_tokens: 4, total_tokens: 4 },
  };
  const embed = (format: 'openai' | 'mistral' | 'anthropic', request: object = {}) => {
    const provider = makeProvider({ format, baseUrl: upstream.url });
    const model = makeModel(provider, { kind: 'embedding' });
    return client.embed(
      { provider, model, request: { model: 'x', input: 'hello', ...request } },
      { signal: new AbortController().signal, onAttempt: (report) => reports.push(report) },
    );
  };

  it('pass byte for byte with their input tokens', async () => {
    upstream.answerWith(json(200, embedding));
    const answer = await embed('openai', { dimensions: 2, user: 'u' });
    expect(JSON.parse(String(answer.body))).toEqual(embedding);
    expect(answer).toMatchObject({ usage: { inputTokens: 4 }, providerRequestId: 'req-1' });
    expect(JSON.parse(upstream.seen[0]?.body ?? '')).toEqual({
      model: 'able-1-2026',
      input: 'hello',
      dimensions: 2,
      user: 'u',
    });
  });

  it("speak Mistral's names", async () => {
    upstream.answerWith(json(200, embedding));
    await embed('mistral', { dimensions: 2, user: 'u' });
    expect(JSON.parse(upstream.seen[0]?.body ?? '')).toEqual({
      model: 'able-1-2026',
      input: 'hello',
      output_dimension: 2,
    });
    expect(await failureOf(embed('mistral', { input: [1, 2] }))).toMatchObject({ kind: 'unsuitable', param: 'input' });
  });

  it('are refused where there are none', async () => {
    expect(await failureOf(embed('anthropic'))).toMatchObject({ kind: 'unsuitable', code: 'no_embeddings' });
    expect(reports).toHaveLength(1);
  });
});
