import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { collect } from '../../test/collect.ts';
import { type Emulator, startEmulator } from '../index.ts';

let emulator: Emulator;
let client: OpenAI;

beforeAll(async () => {
  emulator = await startEmulator({
    apiKeys: ['sk-good'],
    models: [
      { id: 'gpt-4o-mini', format: 'openai' },
      { id: 'gpt-5', format: 'openai' },
      { id: 'text-embedding-3-small', format: 'openai', kind: 'embedding' },
    ],
  });
  client = new OpenAI({ baseURL: emulator.baseUrl('openai'), apiKey: 'sk-good', maxRetries: 0 });
});
afterAll(() => emulator.close());
afterEach(() => emulator.clear());

const messages = [{ role: 'user' as const, content: 'How is the weather in Oslo?' }];
const parameters = {
  type: 'object',
  properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'kelvin'] } },
  required: ['city', 'unit'],
  additionalProperties: false,
};
const tools = [{ type: 'function' as const, function: { name: 'get_weather', parameters, strict: true } }];

describe('the official OpenAI client', () => {
  test('gets a plain completion with usage, fingerprint, request id and rate limits', async () => {
    const { data, response, request_id } = await client.chat.completions
      .create({ model: 'gpt-4o-mini', messages })
      .withResponse();
    expect(data.choices[0]?.message.content).toContain('emulated');
    expect(data.choices[0]?.finish_reason).toBe('stop');
    expect(data.usage?.total_tokens).toBe((data.usage?.prompt_tokens ?? 0) + (data.usage?.completion_tokens ?? 0));
    expect(data.system_fingerprint).toMatch(/^fp_/);
    expect(request_id).toMatch(/^req_/);
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('9999');
  });

  test('streams the same text as it gets plain, with usage only when asked', async () => {
    const plain = await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
    for (const include_usage of [true, false]) {
      const stream = await client.chat.completions.create({
        model: 'gpt-4o-mini',
        messages,
        stream: true,
        stream_options: { include_usage },
      });
      const chunks = await collect(stream);
      const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
      expect(text).toBe(plain.choices[0]?.message.content);
      expect(chunks.flatMap((chunk) => chunk.choices[0]?.finish_reason ?? [])).toEqual(['stop']);
      const usages = chunks.flatMap((chunk) => chunk.usage ?? []);
      expect(usages).toEqual(include_usage ? [plain.usage] : []);
      expect(chunks.at(-1)?.choices).toHaveLength(include_usage ? 0 : 1);
    }
  });

  test('runs a tool loop with the helper that drives it, streaming', async () => {
    const runner = client.chat.completions.runTools({
      model: 'gpt-4o-mini',
      messages,
      stream: true,
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            description: 'Tells the weather.',
            parameters,
            parse: JSON.parse,
            function: ({ city, unit }: { city: string; unit: string }) => `Sunny in ${city}, 290 ${unit}`,
          },
        },
      ],
    });
    expect(await runner.finalContent()).toContain('emulated');
    const toolMessage = runner.messages.find((message) => message.role === 'tool');
    expect(toolMessage?.content).toMatch(/^Sunny in emulated city, 290 (celsius|kelvin)$/);
  });

  test('gets several tool calls at once and puts streamed arguments together', async () => {
    emulator.script({
      toolCalls: [
        { name: 'get_weather', arguments: { city: 'Oslo', unit: 'celsius' } },
        { name: 'get_weather', arguments: { city: 'Bergen', unit: 'celsius' } },
      ],
    });
    const stream = client.chat.completions.stream({ model: 'gpt-4o-mini', messages, tools });
    const { choices } = await stream.finalChatCompletion();
    expect(choices[0]?.finish_reason).toBe('tool_calls');
    const cities = choices[0]?.message.tool_calls?.map((call) =>
      call.type === 'function' ? JSON.parse(call.function.arguments).city : undefined,
    );
    expect(cities).toEqual(['Oslo', 'Bergen']);
    expect(new Set(choices[0]?.message.tool_calls?.map(({ id }) => id)).size).toBe(2);
  });

  test('parses structured output', async () => {
    const completion = await client.chat.completions.parse({
      model: 'gpt-4o-mini',
      messages,
      response_format: { type: 'json_schema', json_schema: { name: 'report', strict: true, schema: parameters } },
    });
    expect(completion.choices[0]?.message.parsed).toEqual({
      city: expect.any(String),
      unit: expect.stringMatching(/celsius|kelvin/),
    });
  });

  test('gets choices, log probabilities, stop sequences, token limits and hidden reasoning', async () => {
    const many = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages,
      n: 2,
      logprobs: true,
      top_logprobs: 2,
    });
    expect(many.choices).toHaveLength(2);
    const logprobs = many.choices[1]?.logprobs?.content ?? [];
    expect(logprobs.map(({ token }) => token).join('')).toBe(many.choices[1]?.message.content);
    expect(logprobs[0]?.top_logprobs).toHaveLength(2);
    const stopped = await client.chat.completions.create({ model: 'gpt-4o-mini', messages, stop: ['emulated'] });
    expect(stopped.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'This is an ' } });
    const short = await client.chat.completions.create({ model: 'gpt-4o-mini', messages, max_completion_tokens: 5 });
    expect(short.choices[0]?.finish_reason).toBe('length');
    expect(short.usage?.completion_tokens).toBe(5);
    const thoughtful = await client.chat.completions.create({ model: 'gpt-5', messages, reasoning_effort: 'high' });
    expect(thoughtful.usage?.completion_tokens_details?.reasoning_tokens).toBe(192);
  });

  test('gets embeddings that are unit vectors and closer for closer texts, packed or not', async () => {
    const input = ['the red train', 'the red tram', 'quarterly tax report'];
    const packed = await client.embeddings.create({ model: 'text-embedding-3-small', input });
    const plain = await client.embeddings.create({ model: 'text-embedding-3-small', input, encoding_format: 'float' });
    const [first = [], second = [], third = []] = packed.data.map(({ embedding }) => embedding);
    const dot = (a: number[], b: number[]): number => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
    expect(first).toHaveLength(1536);
    expect(dot(first, first)).toBeCloseTo(1);
    expect(dot(first, second)).toBeGreaterThan(dot(first, third));
    expect(plain.data[0]?.embedding).toEqual(first);
    expect(plain.usage.prompt_tokens).toBeGreaterThan(0);
  });

  test('lists the models and looks one up', async () => {
    const ids = (await client.models.list()).data.map(({ id }) => id);
    expect(ids).toEqual(['gpt-4o-mini', 'gpt-5', 'text-embedding-3-small']);
    expect((await client.models.retrieve('gpt-5')).id).toBe('gpt-5');
  });

  test('recognises each error by its class', async () => {
    const create = () => client.chat.completions.create({ model: 'gpt-4o-mini', messages });
    await expect(client.chat.completions.create({ model: 'gpt-2', messages })).rejects.toMatchObject({
      constructor: OpenAI.NotFoundError,
      code: 'model_not_found',
    });
    await expect(client.withOptions({ apiKey: 'sk-bad' }).models.list()).rejects.toMatchObject({
      constructor: OpenAI.AuthenticationError,
      code: 'invalid_api_key',
    });
    emulator.script({ times: 1, fail: { status: 429, retryAfterSeconds: 7 } });
    await expect(create()).rejects.toMatchObject({ constructor: OpenAI.RateLimitError, code: 'rate_limit_exceeded' });
    emulator.script({ times: 1, fail: { status: 400, kind: 'context_length' } });
    await expect(create()).rejects.toMatchObject({
      constructor: OpenAI.BadRequestError,
      code: 'context_length_exceeded',
    });
    emulator.script({ times: 1, fail: { status: 500 } });
    await expect(create()).rejects.toMatchObject({ constructor: OpenAI.InternalServerError, type: 'server_error' });
    emulator.script({ times: 1, fail: { status: 502, kind: 'not_json' } });
    await expect(create()).rejects.toMatchObject({ status: 502, error: undefined });
  });

  test('retries by itself after a rate limit', async () => {
    emulator.script({ times: 1, fail: { status: 429, retryAfterSeconds: 0 } });
    await client.withOptions({ maxRetries: 1 }).chat.completions.create({ model: 'gpt-4o-mini', messages });
    expect(emulator.requests).toHaveLength(2);
  });

  test('meets an error in the first chunk and one in the middle', async () => {
    const read = async () => {
      const seen: string[] = [];
      const stream = await client.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true });
      const failure = await (async () => {
        for await (const chunk of stream) seen.push(chunk.choices[0]?.delta.content ?? '');
      })().catch((error: unknown) => error);
      return { seen: seen.length, failure };
    };
    emulator.script({ times: 1, errorInFirstChunk: true });
    expect(await read()).toMatchObject({ seen: 0, failure: { type: 'service_unavailable_error' } });
    emulator.script({ times: 1, errorAfterChunks: 3, fail: { status: 500, kind: 'server' } });
    expect(await read()).toMatchObject({ seen: 3, failure: { type: 'server_error' } });
  });

  test('is seen hanging up in the middle of a stream', async () => {
    emulator.script({ hangAfterChunks: 2 });
    const stream = await client.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true });
    for await (const _chunk of stream) stream.controller.abort();
    await expect.poll(() => emulator.requests[0]?.abortedAtMs).toBeTypeOf('number');
    expect(emulator.requests[0]?.finishedAtMs).toBeUndefined();
  });

  test('plays hosts that show thoughts, count oddly or name a price', async () => {
    emulator.script({ times: 1, reasoning: 'Hm, Oslo.', usageCostUsd: 0.00012, cachedInputTokens: 5 });
    const plain = await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
    expect(plain.choices[0]?.message).toHaveProperty('reasoning_content', 'Hm, Oslo.');
    expect(plain.usage).toMatchObject({ cost: 0.00012, prompt_tokens_details: { cached_tokens: 5 } });
    emulator.script({ times: 1, usageOnLastChoice: true, chunkCount: 4 });
    const chunks = await collect(
      await client.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true }),
    );
    expect(chunks.filter((chunk) => chunk.choices[0]?.delta.content)).toHaveLength(4);
    expect(chunks.at(-1)).toMatchObject({ choices: [{ finish_reason: 'stop' }], usage: { prompt_tokens: 14 } });
  });

  test('gets a refusal and a finish reason of the script’s own', async () => {
    emulator.script({ times: 1, refusal: 'I would rather not.' });
    const refused = await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
    expect(refused.choices[0]?.message).toMatchObject({ content: null, refusal: 'I would rather not.' });
    emulator.script({ times: 1, finishReason: 'content_filter' });
    const filtered = await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
    expect(filtered.choices[0]?.finish_reason).toBe('content_filter');
  });
});
