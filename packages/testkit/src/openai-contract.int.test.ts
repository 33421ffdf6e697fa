import { type Emulator, startEmulator } from '@pointsman/provider-emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openaiContract } from './openai-contract.ts';

const contract = openaiContract();
const problemsOf = (schemaName: string, value: unknown): string =>
  contract.available ? contract.value.problemsOf(schemaName, value) : contract.note;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }];
const shapes: [string, object][] = [
  ['plain text', {}],
  ['several choices with log probabilities', { n: 2, logprobs: true, top_logprobs: 2 }],
  ['tool calls', { tools, tool_choice: 'required' }],
  ['a reasoning model', { model: 'gpt-5', reasoning_effort: 'low' }],
  ['a token limit', { max_tokens: 3 }],
];

async function post(path: string, body: object): Promise<Response> {
  return fetch(`${emulator.baseUrl('openai')}${path}`, { method: 'POST', body: JSON.stringify(body) });
}
const chat = (body: object): Promise<Response> =>
  post('/chat/completions', { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }], ...body });

// Here and not beside the emulator, which by the boundaries of turbo.json may not depend on this package.
describe.skipIf(!contract.available)('by OpenAI’s published description', () => {
  test.each(shapes)('an emulated completion with %s is valid', async (_what, body) => {
    expect(problemsOf('CreateChatCompletionResponse', await (await chat(body)).json())).toBe('');
  });

  test.each(shapes)('every chunk of an emulated stream with %s is valid', async (_what, body) => {
    const text = await (await chat({ ...body, stream: true, stream_options: { include_usage: true } })).text();
    const events = text
      .trimEnd()
      .split('\n\n')
      .map((event) => event.replace(/^data: /, ''));
    expect(events.pop()).toBe('[DONE]');
    expect(events.length).toBeGreaterThan(2);
    for (const event of events)
      expect(problemsOf('CreateChatCompletionStreamResponse', JSON.parse(event)), event).toBe('');
  });

  test('emulated embeddings, listings and errors are valid', async () => {
    const embeddings = await post('/embeddings', { model: 'text-embedding-3-small', input: 'Hello' });
    expect(problemsOf('CreateEmbeddingResponse', await embeddings.json())).toBe('');
    const listing = await fetch(`${emulator.baseUrl('openai')}/models`);
    expect(problemsOf('ListModelsResponse', await listing.json())).toBe('');
    const refused = await chat({ temperature: 'hot' });
    expect(problemsOf('ErrorResponse', await refused.json())).toBe('');
  });

  test('a reply that lacks what must be there is not', () => {
    expect(problemsOf('CreateChatCompletionResponse', { id: 'x', choices: [] })).toContain('created');
  });
});
