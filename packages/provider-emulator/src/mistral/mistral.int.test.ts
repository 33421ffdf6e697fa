import { Mistral } from '@mistralai/mistralai';
import { HTTPValidationError, MistralError } from '@mistralai/mistralai/models/errors/index.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { collect } from '../../test/collect.ts';
import { type Emulator, startEmulator } from '../index.ts';

let emulator: Emulator;
let client: Mistral;
const model = 'mistral-small-latest';

beforeAll(async () => {
  emulator = await startEmulator({
    apiKeys: ['good'],
    models: [
      { id: model, format: 'mistral' },
      { id: 'magistral-small-latest', format: 'mistral' },
      { id: 'mistral-embed', format: 'mistral', kind: 'embedding' },
    ],
  });
  client = new Mistral({ serverURL: `${emulator.url}/mistral`, apiKey: 'good', retryConfig: { strategy: 'none' } });
});
afterAll(() => emulator.close());
afterEach(() => emulator.clear());

const messages = [{ role: 'user' as const, content: 'How is the weather in Oslo?' }];
const parameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const tools = [{ type: 'function' as const, function: { name: 'get_weather', parameters } }];

describe('the official Mistral client', () => {
  test('gets a plain completion with usage', async () => {
    const reply = await client.chat.complete({ model, messages });
    expect(reply.choices[0]).toMatchObject({ finishReason: 'stop', message: { role: 'assistant' } });
    expect(reply.choices[0]?.message?.content).toContain('emulated');
    expect(reply.usage.totalTokens).toBe((reply.usage.promptTokens ?? 0) + (reply.usage.completionTokens ?? 0));
  });

  test('streams the same text as it gets plain, with usage on the last chunk', async () => {
    const plain = await client.chat.complete({ model, messages });
    const chunks = await collect(await client.chat.stream({ model, messages }));
    const text = chunks.map(({ data }) => data.choices[0]?.delta.content ?? '').join('');
    expect(text).toBe(plain.choices[0]?.message?.content);
    expect(chunks.map(({ data }) => data.usage !== undefined)).toEqual([...chunks.slice(1).map(() => false), true]);
    expect(chunks.at(-1)?.data.usage?.totalTokens).toBe(plain.usage.totalTokens);
  });

  test('calls a tool with an id that Mistral takes back', async () => {
    const first = await client.chat.complete({ model, messages, tools, toolChoice: 'any' });
    const call = first.choices[0]?.message?.toolCalls?.[0];
    expect(first.choices[0]?.finishReason).toBe('tool_calls');
    expect(call?.id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(JSON.parse(String(call?.function.arguments))).toEqual({ city: 'emulated city' });
    const next = await client.chat.complete({
      model,
      tools,
      messages: [
        ...messages,
        { role: 'assistant', content: '', toolCalls: call === undefined ? [] : [call] },
        { role: 'tool', toolCallId: call?.id ?? '', name: 'get_weather', content: 'Sunny' },
      ],
    });
    expect(next.choices[0]?.finishReason).toBe('stop');
  });

  test('streams a tool call whole', async () => {
    const chunks = await collect(await client.chat.stream({ model, messages, tools, toolChoice: 'any' }));
    const last = chunks.at(-1)?.data.choices[0];
    expect(last?.finishReason).toBe('tool_calls');
    expect(last?.delta.toolCalls).toHaveLength(1);
  });

  test('gets structured output of the schema', async () => {
    const reply = await client.chat.complete({
      model,
      messages,
      responseFormat: { type: 'json_schema', jsonSchema: { name: 'x', schemaDefinition: parameters } },
    });
    expect(JSON.parse(String(reply.choices[0]?.message?.content))).toEqual({ city: expect.any(String) });
  });

  test('reads thinking from a model that thinks, plain and streamed', async () => {
    const thinker = 'magistral-small-latest';
    const plain = await client.chat.complete({ model: thinker, messages });
    expect(plain.choices[0]?.message?.content).toMatchObject([{ type: 'thinking' }, { type: 'text' }]);
    const chunks = await collect(await client.chat.stream({ model: thinker, messages }));
    const thoughts = chunks.filter(({ data }) => Array.isArray(data.choices[0]?.delta.content));
    expect(thoughts.length).toBeGreaterThan(1);
  });

  test('gets embeddings and lists the models', async () => {
    const { data } = await client.embeddings.create({ model: 'mistral-embed', inputs: ['one', 'two'] });
    expect(data.map(({ embedding }) => embedding?.length)).toEqual([1024, 1024]);
    const ids = (await client.models.list()).data?.map((card) => ('id' in card ? card.id : undefined));
    expect(ids).toEqual([model, 'magistral-small-latest', 'mistral-embed']);
  });

  test('recognises each error', async () => {
    await expect(client.chat.complete({ model: 'mistral-0', messages })).rejects.toMatchObject({
      statusCode: 400,
      body: expect.stringContaining('"code":"1500"'),
    });
    await expect(client.chat.complete({ model, messages, temperature: 9 })).rejects.toBeInstanceOf(HTTPValidationError);
    const stranger = new Mistral({
      serverURL: `${emulator.url}/mistral`,
      apiKey: 'bad',
      retryConfig: { strategy: 'none' },
    });
    await expect(stranger.chat.complete({ model, messages })).rejects.toMatchObject({
      statusCode: 401,
      body: '{"detail":"Unauthorized"}',
    });
    emulator.script({ times: 1, fail: { status: 429 } });
    const limited = await client.chat.complete({ model, messages }).catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(MistralError);
    expect(limited).toMatchObject({ statusCode: 429, body: expect.stringContaining('rate_limited') });
  });

  test('is seen hanging up in the middle of a stream', async () => {
    emulator.script({ hangAfterChunks: 2 });
    const stop = new AbortController();
    const stream = await client.chat.stream({ model, messages }, { fetchOptions: { signal: stop.signal } });
    await expect(
      (async () => {
        for await (const _event of stream) stop.abort();
      })(),
    ).rejects.toThrow();
    await expect.poll(() => emulator.requests[0]?.abortedAtMs).toBeTypeOf('number');
  });
});
