import type OpenAI from 'openai';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import type { RunnableToolFunctionWithParse } from 'openai/lib/RunnableFunction';
import type {
  ChatCompletionFunctionTool,
  ChatCompletionMessageFunctionToolCall,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { connectOpenai } from './connect-openai.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { UPSTREAM_MODELS, UPSTREAMS } from './upstream-models.ts';

const placeSchema = z.object({ city: z.string() });
const PARAMETERS = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const tool = (name: string): ChatCompletionFunctionTool => ({
  type: 'function',
  function: { name, description: `Looks up the ${name.slice(4)} of a city`, parameters: PARAMETERS },
});
const tools = [tool('get_weather'), tool('get_time')];
const question: ChatCompletionMessageParam = {
  role: 'user',
  content: 'What is the weather in Oslo, and what time is it there?',
};

/** The emulated models enforce a schema; this one of Groq's does, the Llama of the other tests does not. */
const SCHEMA_MODELS = [
  UPSTREAM_MODELS.openai,
  UPSTREAM_MODELS.anthropic,
  UPSTREAM_MODELS.mistral,
  'groq/openai/gpt-oss-20b',
];
const ticketSchema = z.object({
  subject: z.string(),
  urgent: z.boolean(),
  labels: z.array(z.enum(['bug', 'question'])),
});

let gateway: TestGateway;
let client: OpenAI;
beforeAll(async () => {
  gateway = await startGateway();
  client = connectOpenai(gateway);
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

const received = () => gateway.emulator.requests.at(-1)?.body as Record<string, unknown>;

function functionCalls(calls: readonly { type: string }[] = []): ChatCompletionMessageFunctionToolCall[] {
  return calls.filter((call): call is ChatCompletionMessageFunctionToolCall => call.type === 'function');
}

describe.each(UPSTREAMS)('tools of the official client, served by %s', (_provider, model) => {
  test('are called in parallel, and their results are answered', async () => {
    const first = await client.chat.completions.create({ model, tools, messages: [question] });
    const choice = first.choices[0];
    expect(choice?.finish_reason).toBe('tool_calls');
    const calls = functionCalls(choice?.message.tool_calls);
    expect(calls.map((call) => call.function.name)).toEqual(['get_weather', 'get_time']);
    for (const call of calls) placeSchema.parse(JSON.parse(call.function.arguments));
    expect(new Set(calls.map((call) => call.id)).size).toBe(2);

    // The emulator, like the providers, refuses results that do not answer exactly the calls that were made.
    const results = calls.map((call, index) => ({
      role: 'tool' as const,
      tool_call_id: call.id,
      content: ['Rain, 4 degrees', 'Half past nine'][index] ?? '',
    }));
    const history = [question, ...(choice ? [choice.message] : []), ...results];
    const second = await client.chat.completions.create({ model, tools, messages: history });
    expect(second.choices[0]?.finish_reason).toBe('stop');
    expect(second.choices[0]?.message.content).toContain('Oslo');
    expect(JSON.stringify(received())).toMatch(/Rain, 4 degrees.*Half past nine/);
  });

  test('are called by a stream whose pieces make up the same calls', async () => {
    const plain = await client.chat.completions.create({ model, tools, messages: [question] });
    const deltas: { index: number; argumentsDelta: string }[] = [];
    const stream = client.chat.completions
      .stream({ model, tools, messages: [question] })
      .on('tool_calls.function.arguments.delta', ({ index, arguments_delta }) =>
        deltas.push({ index, argumentsDelta: arguments_delta }),
      );
    const streamed = await stream.finalChatCompletion();
    const named = (calls: ReturnType<typeof functionCalls>) =>
      calls.map((call) => [call.function.name, call.function.arguments]);
    expect(named(functionCalls(streamed.choices[0]?.message.tool_calls))).toEqual(
      named(functionCalls(plain.choices[0]?.message.tool_calls)),
    );
    expect(streamed.choices[0]?.finish_reason).toBe('tool_calls');
    expect(new Set(deltas.map((delta) => delta.index))).toEqual(new Set([0, 1]));
    // Mistral sends each call whole; the others in pieces, which nobody may collect.
    if (model !== UPSTREAM_MODELS.mistral) expect(deltas.length).toBeGreaterThan(4);
  });

  test('run in the client’s own loop until the model has its answer', async () => {
    const asked: string[] = [];
    const runnable = (name: string): RunnableToolFunctionWithParse<z.infer<typeof placeSchema>> => ({
      type: 'function',
      function: {
        name,
        description: `Looks up the ${name.slice(4)} of a city`,
        parameters: PARAMETERS,
        parse: (text) => placeSchema.parse(JSON.parse(text)),
        function: () => {
          asked.push(name);
          return 'fair';
        },
      },
    });
    const runner = client.chat.completions.runTools({
      model,
      messages: [question],
      tools: [runnable('get_weather'), runnable('get_time')],
    });
    expect(await runner.finalContent()).toContain('Oslo');
    expect(asked.sort()).toEqual(['get_time', 'get_weather']);
    expect(gateway.emulator.requests).toHaveLength(2);
  });

  test('are chosen by the caller where the caller insists', async () => {
    const namesOf = async (options: Partial<Parameters<typeof client.chat.completions.create>[0]>) => {
      const reply = await client.chat.completions.create({
        model,
        tools,
        messages: [question],
        ...options,
        stream: false,
      });
      return functionCalls(reply.choices[0]?.message.tool_calls).map((call) => call.function.name);
    };
    expect(await namesOf({ tool_choice: { type: 'function', function: { name: 'get_time' } } })).toEqual(['get_time']);
    expect(await namesOf({ tool_choice: 'none' })).toEqual([]);
    expect(await namesOf({ parallel_tool_calls: false })).toEqual(['get_weather']);
    expect(await namesOf({ tool_choice: 'required', messages: [{ role: 'user', content: 'Hello' }] })).toHaveLength(1);
  });

  test('do not get in the way of a JSON object', async () => {
    const reply = await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'Answer as JSON: who are you?' }],
      response_format: { type: 'json_object' },
    });
    expect(JSON.parse(reply.choices[0]?.message.content ?? '')).toBeTypeOf('object');
    expect(reply.choices[0]?.finish_reason).toBe('stop');
  });
});

describe.each(SCHEMA_MODELS)('structured output of %s', (model) => {
  const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: 'File a ticket: the lamp is broken' }];
  const response_format = zodResponseFormat(ticketSchema, 'ticket');

  test('is parsed by the official client', async () => {
    const reply = await client.chat.completions.parse({ model, messages, response_format });
    expect(ticketSchema.parse(reply.choices[0]?.message.parsed)).toEqual(reply.choices[0]?.message.parsed);
  });

  test('is parsed from a stream', async () => {
    const reply = await client.chat.completions.stream({ model, messages, response_format }).finalChatCompletion();
    expect(ticketSchema.parse(reply.choices[0]?.message.parsed)).toEqual(reply.choices[0]?.message.parsed);
  });

  test('hands the arguments of strict tools over parsed', async () => {
    const reply = await client.chat.completions.parse({
      model,
      messages: [question],
      tools: [zodFunction({ name: 'get_weather', parameters: placeSchema })],
    });
    const [call] = functionCalls(reply.choices[0]?.message.tool_calls);
    expect(call?.function).toHaveProperty('parsed_arguments', { city: expect.any(String) });
  });
});
