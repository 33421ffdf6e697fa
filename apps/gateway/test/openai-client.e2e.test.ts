import { REPLY_HEADERS } from '@pointsman/contracts';
import type OpenAI from 'openai';
import type { ChatCompletionChunk, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { collect } from './collect.ts';
import { connectOpenai } from './connect-openai.ts';
import { readDecision } from './read-decision.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { UPSTREAM_MODELS, UPSTREAMS } from './upstream-models.ts';

type AnnotatedChunk = ChatCompletionChunk & { pointsman?: Record<string, unknown> };

/** Fixed here so that no update of the shipped list changes what these tests expect. */
const PRICE = `
models:
  openai/gpt-4o-mini:
    prices: [{ from: 2020-01-01, inputUsdPerMtok: 0.15, outputUsdPerMtok: 0.6 }]
`;
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const messages: ChatCompletionMessageParam[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Which way does this train go?' },
];

let gateway: TestGateway;
let client: OpenAI;
beforeAll(async () => {
  gateway = await startGateway({ yaml: PRICE });
  client = connectOpenai(gateway);
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

const textOf = (chunks: readonly ChatCompletionChunk[]) =>
  chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');

/** The body that reached the provider. */
const received = () => gateway.emulator.requests.at(-1)?.body as Record<string, unknown>;

describe.each(UPSTREAMS)('the official client, served by %s', (provider, model) => {
  test('gets a plain reply with usage and the facts of its decision', async () => {
    const { data, response } = await client.chat.completions.create({ model, messages }).withResponse();
    expect(data.choices).toHaveLength(1);
    expect(data.choices[0]?.message.content).toContain('Which way does this train go?');
    expect(data.choices[0]?.finish_reason).toBe('stop');
    const { prompt_tokens: input = 0, completion_tokens: output = 0, total_tokens: total } = data.usage ?? {};
    expect(input).toBeGreaterThan(5);
    expect(output).toBeGreaterThan(5);
    expect(total).toBe(input + output);
    const facts = Object.fromEntries(
      Object.entries(REPLY_HEADERS).map(([fact, name]) => [fact, response.headers.get(name)]),
    );
    expect(facts).toMatchObject({
      model,
      provider,
      reason: 'requested-model',
      arm: 'router',
      cache: 'off',
      attempts: '1',
    });
    expect(facts.decisionId).toMatch(/^dec_[0-9a-f]{32}$/);
    expect(Number(facts.costUsd)).toBeGreaterThan(0);
    expect(facts.ignored).toBeNull();
    expect(facts.emulated).toBeNull();
  });

  test('gets a stream of the same words, ended by a usage chunk with the facts', async () => {
    const plain = await client.chat.completions.create({ model, messages });
    const { data, response } = await client.chat.completions
      .create({ model, messages, stream: true, stream_options: { include_usage: true } })
      .withResponse();
    const chunks: AnnotatedChunk[] = await collect(data);
    expect(textOf(chunks)).toBe(plain.choices[0]?.message.content);
    const last = chunks.at(-1);
    expect(last?.choices).toEqual([]);
    expect(last?.usage).toMatchObject({
      prompt_tokens: plain.usage?.prompt_tokens,
      completion_tokens: plain.usage?.completion_tokens,
    });
    expect(last?.pointsman).toMatchObject({
      decision_id: response.headers.get(REPLY_HEADERS.decisionId),
      model,
      provider,
      reason: 'requested-model',
      cost_status: 'exact',
      attempts: 1,
    });
    expect(Number(last?.pointsman?.cost_usd)).toBeGreaterThan(0);
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.filter((chunk) => chunk.pointsman !== undefined)).toHaveLength(1);
    expect(new Set(chunks.map((chunk) => chunk.id)).size).toBe(1);
  });

  test('gets no usage chunk that it did not ask for, and the decision knows the usage all the same', async () => {
    const { data, response } = await client.chat.completions.create({ model, messages, stream: true }).withResponse();
    const chunks = await collect(data);
    expect(chunks.every((chunk) => chunk.choices.length === 1 && !chunk.usage)).toBe(true);
    const { usage, cost, outcome } = await readDecision(gateway, response);
    expect(outcome).toBe('answered');
    expect(usage.outputTokens).toBeGreaterThan(5);
    expect(cost).toMatchObject({ status: 'exact' });
  });

  test('gets each chunk when the provider sends it', async () => {
    const upstreamModel = model.slice(model.indexOf('/') + 1);
    gateway.emulator.script({ match: { model: upstreamModel }, hangAfterChunks: 6, times: 1 });
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    let text = '';
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      // The provider has gone silent by now: whoever collects would never come to this.
      if (text.length > 0) break;
    }
    expect(text).not.toBe('');
  });

  test('can limit and stop the reply', async () => {
    const limited = await client.chat.completions.create({ model, messages, max_completion_tokens: 4 });
    expect(limited.choices[0]?.finish_reason).toBe('length');
    expect(limited.usage?.completion_tokens).toBe(4);
    const stopped = await client.chat.completions.create({ model, messages, stop: ['digest'] });
    expect(stopped.choices[0]?.finish_reason).toBe('stop');
    expect(stopped.choices[0]?.message.content).toMatch(/\($/);
  });
});

describe('the official client', () => {
  test('is charged what the provider counted, at the catalogue’s price', async () => {
    const { data, response } = await client.chat.completions
      .create({ model: UPSTREAM_MODELS.openai, messages })
      .withResponse();
    const { prompt_tokens: input = 0, completion_tokens: output = 0 } = data.usage ?? {};
    const nanoUsd = input * 150 + output * 600;
    expect(Number(response.headers.get(REPLY_HEADERS.costUsd))).toBeCloseTo(nanoUsd / 1e9, 12);
    expect((await readDecision(gateway, response)).cost).toEqual({ status: 'exact', nanoUsd });
  });

  test.each([UPSTREAM_MODELS.openai, UPSTREAM_MODELS.anthropic, UPSTREAM_MODELS.mistral])(
    'can show %s an image',
    async (model) => {
      const content = [
        { type: 'text', text: 'What is this?' } as const,
        { type: 'image_url', image_url: { url: PIXEL } } as const,
      ];
      const reply = await client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
      expect(reply.choices[0]?.message.content).toContain('What is this?');
      expect(JSON.stringify(received())).toContain(PIXEL.slice(PIXEL.indexOf(',') + 1));
    },
  );

  test('gets several choices where the provider offers them, plain and streamed', async () => {
    const request = { model: UPSTREAM_MODELS.openai, messages, n: 3 };
    const reply = await client.chat.completions.create(request);
    expect(reply.choices.map((choice) => choice.index)).toEqual([0, 1, 2]);
    const chunks = await collect(await client.chat.completions.create({ ...request, stream: true }));
    for (const index of [0, 1, 2]) {
      const own = chunks.flatMap((chunk) => chunk.choices.filter((choice) => choice.index === index));
      expect(own.map((choice) => choice.delta.content ?? '').join('')).toBe(reply.choices[index]?.message.content);
    }
  });

  test('gets log probabilities where the provider offers them, plain and streamed', async () => {
    const request = { model: UPSTREAM_MODELS.openai, messages, logprobs: true, top_logprobs: 2 };
    const reply = await client.chat.completions.create(request);
    const content = reply.choices[0]?.logprobs?.content ?? [];
    expect(content.map((token) => token.token).join('')).toBe(reply.choices[0]?.message.content);
    expect(content[0]?.top_logprobs).toHaveLength(2);
    const chunks = await collect(await client.chat.completions.create({ ...request, stream: true }));
    expect(chunks.some((chunk) => (chunk.choices[0]?.logprobs?.content?.length ?? 0) > 0)).toBe(true);
  });

  test('passes fields that only its provider knows', async () => {
    await client.chat.completions.create({
      model: UPSTREAM_MODELS.openai,
      messages,
      seed: 7,
      metadata: { team: 'search' },
      // @ts-expect-error the client's types do not know it either
      brand_new_field: { on: true },
    });
    expect(received()).toMatchObject({
      model: 'gpt-4o-mini',
      seed: 7,
      metadata: { team: 'search' },
      brand_new_field: { on: true },
    });
    expect(received()).not.toHaveProperty('pointsman');
  });

  test('does not notice a failure that the gateway’s own retry mends, but the record does', async () => {
    gateway.emulator.script({ match: { model: 'gpt-4o-mini' }, fail: { status: 500 }, times: 1 });
    const { response } = await client.chat.completions
      .create({ model: UPSTREAM_MODELS.openai, messages })
      .withResponse();
    expect(response.headers.get(REPLY_HEADERS.attempts)).toBe('2');
    expect(await readDecision(gateway, response)).toMatchObject({
      reason: 'requested-model',
      attempts: [
        { outcome: 'failed', failure: 'transient', status: 500, cost: { status: 'exact', nanoUsd: 0 } },
        { outcome: 'answered', cost: { status: 'exact' } },
      ],
    });
  });

  test('is told when its models are emulated', async () => {
    const emulated = await startGateway({ env: { POINTSMAN_EMULATOR: 'on' } });
    onTestFinished(() => emulated.close());
    const own = connectOpenai(emulated);
    const { response } = await own.chat.completions
      .create({ model: UPSTREAM_MODELS.groq, messages, max_completion_tokens: 1 })
      .withResponse();
    expect(response.headers.get(REPLY_HEADERS.emulated)).toBe('true');
    expect(await readDecision(emulated, response)).toMatchObject({ emulated: true });
    expect(await own.models.retrieve('auto')).toMatchObject({ pointsman: { emulated: true } });
    expect(emulated.emulator.requests).toEqual([]);
  });

  test('finds a model by its bare name', async () => {
    const { response } = await client.chat.completions.create({ model: 'claude-haiku-4-5', messages }).withResponse();
    expect(response.headers.get(REPLY_HEADERS.model)).toBe(UPSTREAM_MODELS.anthropic);
  });

  test.each(['openai/text-embedding-3-small', 'mistral/mistral-embed'])('embeds with %s', async (model) => {
    const { data, response } = await client.embeddings.create({ model, input: ['one', 'two'] }).withResponse();
    expect(data.data.map((item) => item.index)).toEqual([0, 1]);
    expect(data.data[0]?.embedding.every(Number.isFinite)).toBe(true);
    expect(data.data[0]?.embedding).not.toEqual(data.data[1]?.embedding);
    expect(data.usage.prompt_tokens).toBeGreaterThan(0);
    expect(response.headers.get(REPLY_HEADERS.model)).toBe(model);
    expect(Number(response.headers.get(REPLY_HEADERS.costUsd))).toBeGreaterThan(0);
    expect(await readDecision(gateway, response)).toMatchObject({
      endpoint: 'embeddings',
      outcome: 'answered',
      usage: { outputTokens: 0 },
    });
  });

  test('gets embeddings of the size and encoding it asks for', async () => {
    const request = { model: 'openai/text-embedding-3-small', input: 'Hello', dimensions: 8 };
    const { data } = await client.embeddings.create({ ...request, encoding_format: 'float' });
    expect(data[0]?.embedding).toHaveLength(8);
    const { data: encoded } = await client.embeddings.create({ ...request, encoding_format: 'base64' });
    expect(String(encoded[0]?.embedding)).toMatch(/^[A-Za-z0-9+/]+=*$/);
  });

  test('lists what it may name, the routes first', async () => {
    const listed = await collect(client.models.list());
    const ids = listed.map((model) => model.id);
    expect(ids.slice(0, 2)).toEqual(['auto', 'auto/default']);
    expect(ids).toEqual(expect.arrayContaining([...Object.values(UPSTREAM_MODELS), 'openai/text-embedding-3-small']));
    expect(ids.some((id) => id.startsWith('together/'))).toBe(false);
    expect(listed.find((model) => model.id === UPSTREAM_MODELS.openai)).toMatchObject({
      object: 'model',
      owned_by: 'openai',
      pointsman: { kind: 'chat', context_tokens: 128_000, usd_per_mtok: { input: '0.15', output: '0.6' } },
    });
  });

  test('reads one model, by its full or its bare name', async () => {
    expect(await client.models.retrieve('openai/gpt-4o-mini')).toMatchObject({
      id: 'openai/gpt-4o-mini',
      object: 'model',
    });
    expect(await client.models.retrieve('gpt-4o-mini')).toMatchObject({ id: 'openai/gpt-4o-mini' });
    expect(await client.models.retrieve('auto')).toMatchObject({ id: 'auto', owned_by: 'pointsman' });
  });
});

describe('a client that hangs up', () => {
  const hungUpAt = () =>
    vi.waitUntil(() => gateway.emulator.requests.at(-1)?.abortedAtMs, { timeout: 5000, interval: 5 });

  // A busy machine may be late once; a gateway that goes on paying is late every time.
  test.each(UPSTREAMS)('in mid-stream stops %s within 100 ms', { retry: 2 }, async (_provider, model) => {
    gateway.emulator.clear();
    gateway.emulator.script({ chunkCount: 500, betweenTokensMs: 10 });
    const abort = new AbortController();
    const { data, response } = await client.chat.completions
      .create({ model, messages, stream: true }, { signal: abort.signal })
      .withResponse();
    let abortedAtMs = 0;
    let seen = 0;
    for await (const _ of data) {
      seen += 1;
      if (seen !== 5) continue;
      abortedAtMs = Date.now();
      abort.abort();
    }
    expect((await hungUpAt()) - abortedAtMs).toBeLessThan(100);
    expect(seen).toBeLessThan(100);
    const decision = await readDecision(gateway, response);
    expect(decision).toMatchObject({ outcome: 'abandoned', cost: { status: 'estimated' }, modelId: model });
    if (decision.cost.status === 'estimated') expect(decision.cost.nanoUsd).toBeGreaterThan(0);
    expect(decision.attempts).toHaveLength(1);
    expect(decision.attempts[0]?.outcome).toBe('abandoned');
  });

  test('before the reply stops the provider and is on record with what it may have cost', async () => {
    gateway.emulator.script({ hangBeforeHeaders: true });
    const abort = new AbortController();
    const tags = { case: 'abort-before-reply' };
    const asked = client.chat.completions.create(
      // @ts-expect-error the gateway's own options
      { model: UPSTREAM_MODELS.openai, messages, pointsman: { tags } },
      { signal: abort.signal },
    );
    await vi.waitUntil(() => gateway.emulator.requests.length > 0, { interval: 5 });
    abort.abort();
    await expect(asked).rejects.toThrow('Request was aborted.');
    await hungUpAt();
    const decision = await vi.waitUntil(
      async () => {
        const { decisions } = await gateway.deps.repositories.decisions.list({
          clientId: gateway.clientId,
          outcome: 'abandoned',
          limit: 50,
        });
        return decisions.find((found) => found.tags?.case === tags.case);
      },
      { timeout: 5000, interval: 50 },
    );
    expect(decision).toMatchObject({ outcome: 'abandoned', cost: { status: 'estimated' } });
    expect(gateway.emulator.requests).toHaveLength(1);
  });
});
