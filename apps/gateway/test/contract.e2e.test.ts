import { type OpenaiContract, openaiContract } from '@pointsman/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { UPSTREAM_MODELS, UPSTREAMS } from './upstream-models.ts';

// By OpenAI's published API description. Its schemas allow additional properties, which is where `pointsman`,
// `reasoning_content` and `reasoning_details` live.
const contract = openaiContract();
const problemsOf: OpenaiContract['problemsOf'] = (schemaName, value) =>
  contract.available ? contract.value.problemsOf(schemaName, value) : contract.note;

// OpenAI's hosts refuse to write JSON objects unless a message says so.
const messages = [
  { role: 'user', content: 'Say, as JSON if you must: what is the weather in Oslo, and what time is it?' },
];
const tools = ['get_weather', 'get_time'].map((name) => ({
  type: 'function',
  function: { name, parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
}));

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ yaml: 'defaults: { retries: 0 }\n', log: () => undefined });
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

async function send(path: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${gateway.apiKey}` };
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  return fetch(`${gateway.baseURL}${path}`, { ...init, headers });
}

/** The JSON of each event of a stream, `[DONE]` checked and taken off. */
async function eventsOf(reply: Response): Promise<string[]> {
  expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const events = (await reply.text())
    .trimEnd()
    .split('\n\n')
    .map((event) => event.replace(/^data: /, ''));
  expect(events.pop()).toBe('[DONE]');
  return events;
}

/** What a request may ask for, and whether only some of the upstreams offer it. */
const SHAPES: { what: string; body: object; at?: readonly string[] }[] = [
  { what: 'plain text', body: {} },
  { what: 'a token limit', body: { max_completion_tokens: 3 } },
  { what: 'tool calls', body: { tools } },
  { what: 'one forced tool call', body: { tools, tool_choice: { type: 'function', function: { name: 'get_time' } } } },
  { what: 'a JSON object', body: { response_format: { type: 'json_object' } } },
  { what: 'log probabilities and two choices', body: { logprobs: true, top_logprobs: 2, n: 2 }, at: ['openai'] },
  { what: 'reasoning', body: { reasoning_effort: 'low' }, at: ['anthropic'] },
  { what: 'reasoning and tools', body: { reasoning_effort: 'low', tools }, at: ['anthropic'] },
];
const CASES = UPSTREAMS.flatMap(([provider, model]) =>
  SHAPES.filter(({ at }) => at?.includes(provider) ?? true).map(({ what, body }) => ({ provider, model, what, body })),
);
/** Beyond what a request can ask for: what a provider may do to it. */
const ACCIDENTS = [
  { what: 'a refusal', behaviour: { refusal: 'I will not.' } },
  { what: 'thoughts', behaviour: { reasoning: 'Hm, a question.' } },
  { what: 'no usage', behaviour: { omitUsage: true } },
  {
    what: 'text before its tool calls',
    behaviour: { reply: 'Let me see.', toolCalls: [{ name: 'get_time', arguments: { city: 'Oslo' } }] },
  },
];

describe.skipIf(!contract.available)('by OpenAI’s published description', () => {
  test.each(CASES)('a completion of $provider with $what is valid', async ({ model, body }) => {
    const reply = await send('/chat/completions', { model, messages, ...body });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(problemsOf('CreateChatCompletionResponse', await reply.json())).toBe('');
  });

  test.each(CASES)('every chunk of a stream of $provider with $what is valid', async ({ model, body }) => {
    const reply = await send('/chat/completions', {
      model,
      messages,
      ...body,
      stream: true,
      stream_options: { include_usage: true },
    });
    const events = await eventsOf(reply);
    expect(events.length).toBeGreaterThan(2);
    for (const event of events)
      expect(problemsOf('CreateChatCompletionStreamResponse', JSON.parse(event)), event).toBe('');
    expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({ choices: [], pointsman: { cost_status: 'exact' } });
  });

  describe.each(UPSTREAMS)('a reply of %s', (_provider, model) => {
    test.each(ACCIDENTS)(
      'with $what is valid, plain and streamed, and counts its usage once',
      async ({ behaviour }) => {
        gateway.emulator.script(behaviour);
        const request = { model, messages, tools };
        const plain = await send('/chat/completions', request);
        expect(problemsOf('CreateChatCompletionResponse', await plain.json())).toBe('');
        const stream = await send('/chat/completions', {
          ...request,
          stream: true,
          stream_options: { include_usage: true },
        });
        const chunks = (await eventsOf(stream)).map((event) => JSON.parse(event));
        for (const chunk of chunks)
          expect(problemsOf('CreateChatCompletionStreamResponse', chunk), JSON.stringify(chunk)).toBe('');
        expect(chunks.filter((chunk) => chunk.usage)).toEqual([chunks.at(-1)]);
        const silent = await eventsOf(await send('/chat/completions', { ...request, stream: true }));
        expect(silent.filter((event) => JSON.parse(event).usage)).toEqual([]);
      },
    );
  });

  test('usage that a compatible host puts on its last choice is valid, and billed', async () => {
    gateway.emulator.script({ usageOnLastChoice: true });
    const request = { model: UPSTREAM_MODELS.groq, messages, stream: true, stream_options: { include_usage: true } };
    const chunks = (await eventsOf(await send('/chat/completions', request))).map((event) => JSON.parse(event));
    for (const chunk of chunks) expect(problemsOf('CreateChatCompletionStreamResponse', chunk)).toBe('');
    const { choices, usage, pointsman } = chunks.at(-1);
    expect({ choices, cost: pointsman.cost_status }).toEqual({ choices: [], cost: 'exact' });
    expect(usage.completion_tokens).toBeGreaterThan(5);
  });

  test.each(['openai/text-embedding-3-small', 'mistral/mistral-embed'])('embeddings of %s are valid', async (model) => {
    const reply = await send('/embeddings', { model, input: ['one', 'two'], encoding_format: 'float' });
    expect(problemsOf('CreateEmbeddingResponse', await reply.json())).toBe('');
  });

  test('the list of models and each model are valid', async () => {
    expect(problemsOf('ListModelsResponse', await (await send('/models')).json())).toBe('');
    for (const id of ['auto', 'auto/default', ...Object.values(UPSTREAM_MODELS)]) {
      expect(problemsOf('Model', await (await send(`/models/${id}`)).json())).toBe('');
    }
  });

  test('every error is valid, whoever made it', async () => {
    const model = UPSTREAM_MODELS.openai;
    const chat = (body: object) => send('/chat/completions', { model, messages, ...body });
    const failing = (status: number) => {
      gateway.emulator.script({ match: { model: 'gpt-4.1' }, fail: { status }, times: 1 });
      return chat({ model: 'openai/gpt-4.1' });
    };
    const replies: [number, Response][] = [
      [400, await chat({ temperature: 3 })],
      [400, await chat({ messages: 'Hello' })],
      [401, await fetch(`${gateway.baseURL}/models`)],
      [401, await fetch(`${gateway.baseURL}/chat/completions`, { method: 'POST', body: '{}' })],
      [404, await chat({ model: 'no/such-model' })],
      [404, await send('/models/no-such-model')],
      [404, await send('/nowhere')],
      [404, await send('/pointsman/decisions/dec_00000000000000000000000000000000')],
      [405, await send('/chat/completions')],
      [422, await chat({ model: UPSTREAM_MODELS.groq, n: 2 })],
      [400, await failing(400)],
      [502, await failing(401)],
      [429, await failing(429)],
      [502, await failing(500)],
    ];
    for (const [status, reply] of replies) {
      expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'application/json']);
      expect(problemsOf('ErrorResponse', await reply.json())).toBe('');
    }
  });

  test('the error event of a stream that breaks is valid', async () => {
    gateway.emulator.script({ chunkCount: 20, cutAfterChunks: 8 });
    const text = await (
      await send('/chat/completions', { model: UPSTREAM_MODELS.openai, messages, stream: true })
    ).text();
    const events = text.trimEnd().split('\n\n');
    expect(problemsOf('ErrorResponse', JSON.parse(events.at(-1)?.replace(/^data: /, '') ?? ''))).toBe('');
  });
});
