import Anthropic from '@anthropic-ai/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { collect } from '../../test/collect.ts';
import { type Emulator, startEmulator } from '../index.ts';

let emulator: Emulator;
let client: Anthropic;
const model = 'claude-haiku-4-5';

beforeAll(async () => {
  emulator = await startEmulator({
    apiKeys: ['sk-ant-good'],
    models: [
      { id: model, format: 'anthropic' },
      { id: 'claude-opus-4-8', format: 'anthropic' },
    ],
  });
  client = new Anthropic({ baseURL: `${emulator.url}/anthropic`, apiKey: 'sk-ant-good', maxRetries: 0 });
});
afterAll(() => emulator.close());
afterEach(() => emulator.clear());

const messages = [{ role: 'user' as const, content: 'How is the weather in Oslo?' }];
const input_schema = {
  type: 'object' as const,
  properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1, maximum: 3 } },
  required: ['city', 'days'],
  additionalProperties: false,
};
const tools = [{ name: 'get_weather', input_schema }];
const base = { model, max_tokens: 2048, messages };

describe('the official Anthropic client', () => {
  test('gets a plain message with usage, request id and rate limits', async () => {
    const { data, response, request_id } = await client.messages.create(base).withResponse();
    expect(data).toMatchObject({ type: 'message', role: 'assistant', stop_reason: 'end_turn', stop_sequence: null });
    expect(data.content).toEqual([{ type: 'text', text: expect.stringContaining('emulated'), citations: null }]);
    expect(data.usage.output_tokens).toBeGreaterThan(0);
    expect(request_id).toMatch(/^req_/);
    expect(response.headers.get('anthropic-ratelimit-requests-remaining')).toBe('3999');
  });

  test('streams the same message as it gets plain', async () => {
    const plain = await client.messages.create(base);
    const streamed = await client.messages.stream(base).finalMessage();
    expect(streamed.content).toEqual(plain.content);
    expect(streamed.usage.input_tokens).toBe(plain.usage.input_tokens);
    expect(streamed.usage.output_tokens).toBe(plain.usage.output_tokens);
    expect(streamed.stop_reason).toBe('end_turn');
  });

  test('sends the events in Anthropic’s order', async () => {
    const events = await collect(await client.messages.create({ ...base, stream: true }));
    const kinds = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(kinds).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  test('thinks, signs its thoughts, calls a tool and takes the thoughts back', async () => {
    const thinking = { type: 'enabled' as const, budget_tokens: 1024 };
    const first = await client.messages.stream({ ...base, thinking, tools }).finalMessage();
    expect(first.content.map(({ type }) => type)).toEqual(['thinking', 'tool_use']);
    expect(first.stop_reason).toBe('tool_use');
    const call = first.content.find((block) => block.type === 'tool_use');
    expect(call?.input).toEqual({ city: 'emulated city', days: expect.any(Number) });
    const next = (content: Anthropic.ContentBlockParam[]) =>
      client.messages.create({
        ...base,
        thinking,
        tools,
        messages: [
          ...messages,
          { role: 'assistant', content },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: call?.id ?? '', content: 'Sunny' }] },
        ],
      });
    expect((await next(first.content)).stop_reason).toBe('end_turn');
    const forged = first.content.map((block) => (block.type === 'thinking' ? { ...block, thinking: 'Other.' } : block));
    await expect(next(forged)).rejects.toThrow('Invalid `signature` in `thinking` block');
  });

  test('keeps its thoughts to itself on the models that do, and still signs them', async () => {
    const adaptive = { ...base, model: 'claude-opus-4-8', thinking: { type: 'adaptive' as const } };
    const omitted = await client.messages.stream(adaptive).finalMessage();
    expect(omitted.content[0]).toMatchObject({ type: 'thinking', thinking: '', signature: expect.stringMatching(/./) });
    expect(omitted.usage.output_tokens_details?.thinking_tokens).toBe(192);
    const shown = { ...adaptive, thinking: { type: 'adaptive' as const, display: 'summarized' as const } };
    expect((await client.messages.create(shown)).content[0]).toMatchObject({ thinking: expect.stringMatching(/./) });
  });

  test('gets structured output that is valid JSON of the schema', async () => {
    const { content } = await client.messages.create({
      ...base,
      output_config: { format: { type: 'json_schema', schema: input_schema } },
    });
    const text = content[0]?.type === 'text' ? content[0].text : '';
    expect(JSON.parse(text)).toEqual({ city: expect.any(String), days: expect.any(Number) });
  });

  test('writes a marked long prompt to the cache and reads it the next time', async () => {
    const system = [
      { type: 'text' as const, text: 'word '.repeat(2000), cache_control: { type: 'ephemeral' as const } },
    ];
    const first = await client.messages.create({ ...base, system });
    const second = await client.messages.create({ ...base, system });
    expect(first.usage.cache_creation_input_tokens).toBeGreaterThanOrEqual(2000);
    expect(first.usage.cache_creation?.ephemeral_5m_input_tokens).toBe(first.usage.cache_creation_input_tokens);
    expect(second.usage.cache_read_input_tokens).toBe(first.usage.cache_creation_input_tokens);
    expect(second.usage.cache_creation_input_tokens).toBe(0);
    expect(second.usage.input_tokens).toBe(first.usage.input_tokens);
  });

  test('ends at a stop sequence or at the token limit and says which', async () => {
    const stopped = await client.messages.create({ ...base, stop_sequences: ['never', 'emulated'] });
    expect(stopped).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'emulated' });
    const short = await client.messages.create({ ...base, max_tokens: 4 });
    expect(short).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 4 } });
  });

  test('recognises each error by its class', async () => {
    const create = () => client.messages.create(base);
    await expect(client.messages.create({ ...base, model: 'claude-0' })).rejects.toMatchObject({
      constructor: Anthropic.NotFoundError,
      type: 'not_found_error',
    });
    await expect(client.withOptions({ apiKey: 'bad' }).models.list()).rejects.toMatchObject({
      constructor: Anthropic.AuthenticationError,
      type: 'authentication_error',
    });
    await expect(client.messages.create(base, { headers: { 'anthropic-version': null } })).rejects.toThrow(
      'anthropic-version: header is required',
    );
    emulator.script({ times: 1, fail: { status: 529 } });
    await expect(create()).rejects.toMatchObject({ status: 529, type: 'overloaded_error' });
    emulator.script({ times: 1, fail: { status: 429, retryAfterSeconds: 3 } });
    await expect(create()).rejects.toMatchObject({ constructor: Anthropic.RateLimitError, type: 'rate_limit_error' });
    emulator.script({ times: 1, fail: { status: 400, kind: 'context_length' } });
    await expect(create()).rejects.toThrow('prompt is too long');
  });

  test('meets an error in the first chunk of a stream', async () => {
    emulator.script({ times: 1, errorInFirstChunk: true });
    await expect(client.messages.stream(base).finalMessage()).rejects.toMatchObject({ type: 'overloaded_error' });
  });

  test('gets a refusal as a stop reason with an explanation', async () => {
    emulator.script({ times: 1, refusal: 'I would rather not.' });
    const refused = await client.messages.create(base);
    expect(refused).toMatchObject({ stop_reason: 'refusal', stop_details: { explanation: 'I would rather not.' } });
  });

  test('lists the models', async () => {
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual([model, 'claude-opus-4-8']);
  });

  test('is seen hanging up in the middle of a stream', async () => {
    emulator.script({ hangAfterChunks: 3 });
    const stream = client.messages.stream(base);
    stream.on('streamEvent', () => stream.abort());
    await expect(stream.finalMessage()).rejects.toBeInstanceOf(Anthropic.APIUserAbortError);
    await expect.poll(() => emulator.requests[0]?.abortedAtMs).toBeTypeOf('number');
  });
});
