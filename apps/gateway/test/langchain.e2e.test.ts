import { AIMessageChunk, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, type ChatOpenAIFields, OpenAIEmbeddings } from '@langchain/openai';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { collect } from './collect.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { UPSTREAM_MODELS, UPSTREAMS } from './upstream-models.ts';

const question = 'What is the weather in Oslo, and what time is it there?';
const ticketSchema = z.object({ subject: z.string(), urgent: z.boolean() });
const lookUp = (name: string) =>
  tool(async () => 'fair', { name, description: 'Looks something up', schema: z.object({ city: z.string() }) });
const tools = [lookUp('get_weather'), lookUp('get_time')];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ yaml: 'defaults: { retries: 0 }\n' });
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

/** LangChain's types lose the usage of a reply whose message is not fully typed. */
const usageOf = (message: { usage_metadata?: unknown }) =>
  z.object({ input_tokens: z.int().positive(), output_tokens: z.int().positive() }).parse(message.usage_metadata);

const chat = (model: string, fields: Partial<ChatOpenAIFields> = {}) =>
  new ChatOpenAI({
    model,
    apiKey: gateway.apiKey,
    configuration: { baseURL: gateway.baseURL },
    maxRetries: 0,
    ...fields,
  });

describe.each(UPSTREAMS)('LangChain, served by %s', (_provider, model) => {
  test('invokes, with usage', async () => {
    const reply = await chat(model).invoke(question);
    expect(reply.content).toContain(question);
    expect(usageOf(reply).output_tokens).toBeGreaterThan(5);
    expect(reply.response_metadata.finish_reason).toBe('stop');
  });

  test('streams the same words, and counts the usage once', async () => {
    const plain = await chat(model).invoke(question);
    const chunks = await collect(await chat(model).stream(question));
    expect(chunks.length).toBeGreaterThan(3);
    const whole = chunks.reduce((sum, chunk) => sum.concat(chunk), new AIMessageChunk(''));
    expect(whole.content).toBe(plain.content);
    expect(usageOf(whole)).toEqual(usageOf(plain));
  });

  test('calls bound tools and answers from their results', async () => {
    const bound = chat(model).bindTools(tools);
    const call = await bound.invoke(question);
    expect(call.tool_calls?.map((made) => made.name)).toEqual(['get_weather', 'get_time']);
    const results = (call.tool_calls ?? []).map(
      ({ id = '' }) => new ToolMessage({ tool_call_id: id, content: 'fair' }),
    );
    const reply = await bound.invoke([new HumanMessage(question), call, ...results]);
    expect(reply.content).toContain(question);
    expect(reply.tool_calls).toEqual([]);
  });

  test('assembles the tool calls of a stream', async () => {
    const chunks = await collect(await chat(model).bindTools(tools).stream(question));
    const whole = chunks.reduce((sum, chunk) => sum.concat(chunk), new AIMessageChunk(''));
    expect(whole.tool_calls?.map((made) => [made.name, typeof made.args.city])).toEqual([
      ['get_weather', 'string'],
      ['get_time', 'string'],
    ]);
  });

  test('gets structured output by calling a function', async () => {
    const structured = chat(model).withStructuredOutput(ticketSchema, {
      method: 'functionCalling',
      name: 'file_ticket',
    });
    const ticket = await structured.invoke('The lamp is broken');
    expect(ticketSchema.parse(ticket)).toEqual(ticket);
  });
});

describe('LangChain', () => {
  test.each([UPSTREAM_MODELS.openai, UPSTREAM_MODELS.anthropic, UPSTREAM_MODELS.mistral])(
    'gets structured output by a schema from %s',
    async (model) => {
      const structured = chat(model).withStructuredOutput(ticketSchema, { method: 'jsonSchema', name: 'ticket' });
      const ticket = await structured.invoke('The lamp is broken');
      expect(ticketSchema.parse(ticket)).toEqual(ticket);
    },
  );

  test('sends the gateway’s own options', async () => {
    const model = chat('auto', { modelKwargs: { pointsman: { models: [UPSTREAM_MODELS.anthropic] } } });
    await model.invoke(question);
    expect(gateway.emulator.requests).toMatchObject([{ format: 'anthropic', model: 'claude-haiku-4-5' }]);
  });

  test('embeds', async () => {
    const embeddings = new OpenAIEmbeddings({
      model: 'openai/text-embedding-3-small',
      apiKey: gateway.apiKey,
      configuration: { baseURL: gateway.baseURL },
    });
    const vectors = await embeddings.embedDocuments(['one', 'two']);
    expect(vectors).toHaveLength(2);
    expect(vectors[0]).not.toEqual(vectors[1]);
  });

  test('stops the provider when it is aborted', async () => {
    gateway.emulator.script({ chunkCount: 500, betweenTokensMs: 10 });
    const abort = new AbortController();
    const stream = await chat(UPSTREAM_MODELS.openai).stream(question, { signal: abort.signal });
    const reading = (async () => {
      let seen = 0;
      for await (const _ of stream) {
        seen += 1;
        if (seen === 5) abort.abort();
      }
    })();
    await expect(reading).rejects.toThrow(/abort/i);
    await vi.waitUntil(() => gateway.emulator.requests[0]?.abortedAtMs, { timeout: 5000, interval: 5 });
    expect(gateway.emulator.requests).toHaveLength(1);
  });

  test('throws the gateway’s error', async () => {
    await expect(chat('openai/gpt-4o-mni').invoke(question)).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      message: expect.stringContaining('Did you mean'),
    });
  });
});
