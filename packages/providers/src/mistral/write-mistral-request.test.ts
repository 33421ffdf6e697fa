import { ChatCompletionRequest$outboundSchema } from '@mistralai/mistralai/models/components';
import type { CatalogModel, ChatRequest, Message } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { makeModel, makeProvider } from '../../test/fixtures/catalog.ts';
import { sampleFields } from '../../test/sample-fields.ts';
import { assessMistral } from './assess-mistral.ts';
import { writeMistralChat } from './write-mistral-request.ts';

const provider = makeProvider({ id: 'mistral', name: 'Mistral AI', format: 'mistral' });
const model = makeModel(provider);
const user = (content = 'Hi'): Message => ({ role: 'user', content });

function write(request: Partial<ChatRequest>, of: CatalogModel = model) {
  const whole = { model: 'auto', messages: [user()], ...request };
  const body = JSON.parse(writeMistralChat({ provider, model: of, request: whole, stream: false }).body);
  return { body, ...assessMistral(provider, of, whole) };
}

const call = (id: string) => ({ id, type: 'function', function: { name: 'weather', arguments: '' } }) as const;

describe("requests for Mistral's API", () => {
  it('have no field that the official client does not know', () => {
    // The client's schema turns its own names into the wire's; its input side is the object of all its fields.
    const { in: fields } = ChatCompletionRequest$outboundSchema as unknown as { in: { shape: object } };
    const onWire = Object.keys(fields.shape).map((name) =>
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    );
    const request = Object.fromEntries(Object.entries(sampleFields).map(([field, { value }]) => [field, value]));
    const fieldsSent = Object.keys(write(request).body);
    expect(fieldsSent.length).toBeGreaterThan(15);
    expect(fieldsSent.filter((field) => !onWire.includes(field))).toEqual([]);
  });

  it('give tool calls ids of nine letters and digits, the same for call and result', () => {
    const { body } = write({
      messages: [
        user(),
        { role: 'assistant', content: null, tool_calls: [call('call_0fypS1hVX'), call('D681PevKs')] },
        { role: 'tool', tool_call_id: 'call_0fypS1hVX', content: '1' },
        { role: 'tool', tool_call_id: 'D681PevKs', content: '2', name: 'weather' },
      ],
    });
    const [first, second] = body.messages[1].tool_calls;
    expect(first.id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(second.id).toBe('D681PevKs');
    expect(body.messages[2].tool_call_id).toBe(first.id);
    expect(body.messages[3]).toMatchObject({ tool_call_id: 'D681PevKs', name: 'weather' });
    expect(first.function.arguments).toBe('{}');
  });

  it('put a turn of the assistant between a tool result and the user, as Mistral requires', () => {
    const { body } = write({
      messages: [
        user(),
        { role: 'assistant', content: null, tool_calls: [call('D681PevKs')] },
        { role: 'tool', tool_call_id: 'D681PevKs', content: '1' },
        user(),
      ],
    });
    expect(body.messages.map(({ role }: Message) => role)).toEqual(['user', 'assistant', 'tool', 'assistant', 'user']);
  });

  it('mark a last assistant message as the beginning of the reply', () => {
    const { body } = write({ messages: [user(), { role: 'assistant', content: 'So' }] });
    expect(body.messages[1]).toEqual({ role: 'assistant', content: 'So', prefix: true });
  });

  it('carry images, documents and sound under their names', () => {
    const { body, ignored, removals } = write({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'A' },
            { type: 'image_url', image_url: { url: 'https://example.org/a.png', detail: 'low' } },
            { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
            { type: 'file', file: { file_data: 'https://example.org/b.pdf', filename: 'b.pdf' } },
          ],
        },
      ],
    });
    expect(body.messages[0].content).toEqual([
      { type: 'text', text: 'A' },
      { type: 'image_url', image_url: { url: 'https://example.org/a.png', detail: 'low' } },
      { type: 'input_audio', input_audio: 'AAAA' },
      { type: 'document_url', document_url: 'https://example.org/b.pdf', document_name: 'b.pdf' },
    ]);
    expect([ignored, removals]).toEqual([[], []]);
  });

  it("send their own thinking back as chunks, and another provider's not at all", () => {
    const history = (owner: string) =>
      write({
        messages: [
          user(),
          {
            role: 'assistant',
            content: 'A',
            reasoning_details: [{ type: 'reasoning.text', text: 'T', provider: owner }],
          },
          user(),
        ],
      }).body.messages[1].content;
    expect(history('mistral')).toEqual([
      { type: 'thinking', thinking: [{ type: 'text', text: 'T' }], closed: true },
      { type: 'text', text: 'A' },
    ]);
    expect(history('anthropic')).toBe('A');
  });

  it('use the names Mistral has', () => {
    const { body, ignored } = write({
      seed: 7,
      max_completion_tokens: 5,
      service_tier: 'default',
      prompt_cache_key: 'k',
      prediction: { type: 'content', content: [{ type: 'text', text: 'P' }] },
      response_format: { type: 'json_schema', json_schema: { name: 'x', strict: true, schema: { type: 'object' } } },
      tools: [{ type: 'function', function: { name: 'f' } }],
      tool_choice: { type: 'function', function: { name: 'f' } },
    });
    expect(body).toMatchObject({
      random_seed: 7,
      max_tokens: 5,
      service_tier: 'standard_only',
      prompt_cache_key: 'k',
      prediction: { type: 'content', content: 'P' },
      response_format: { type: 'json_schema', json_schema: { name: 'x', strict: true, schema: { type: 'object' } } },
      tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }],
      tool_choice: { type: 'function', function: { name: 'f' } },
    });
    expect(ignored).toEqual([]);
  });

  it.each([
    [{ temperature: 2 }, { temperature: 1.5 }, ['temperature:clamped-to-1.5']],
    [{ temperature: 0, top_p: 0.5 }, { temperature: 0 }, ['top_p']],
    [{ temperature: 0.7, top_p: 0.5 }, { temperature: 0.7, top_p: 0.5 }, []],
  ])('sample %j as %j', (asked, sent, named) => {
    const { body, ignored } = write(asked);
    const { model: _, messages: __, ...rest } = body;
    expect(rest).toEqual(sent);
    expect(ignored).toEqual(named);
  });

  it.each([
    ['none', 'none', []],
    ['high', 'high', []],
    ['minimal', 'none', ['reasoning_effort:rounded-to-none']],
    ['medium', 'high', ['reasoning_effort:rounded-to-high']],
  ])('think at effort %s as %s', (effort, sent, named) => {
    const { body, ignored } = write({ reasoning_effort: effort });
    expect(body.reasoning_effort).toBe(sent);
    expect(ignored).toEqual(named);
  });

  it('name an effort that the model does not take', () => {
    const magistral = { ...model, upstreamModel: 'magistral-medium-latest' };
    expect(write({ reasoning_effort: 'high' }, magistral)).toMatchObject({ ignored: ['reasoning_effort'], body: {} });
    const plain = { ...model, capabilities: { ...model.capabilities, reasoning: false } };
    expect(write({ reasoning_effort: 'high' }, plain).ignored).toEqual(['reasoning_effort']);
    expect(write({ reasoning_effort: 'none' }, plain).ignored).toEqual([]);
  });

  it('name the speaker of a message as lost, but not the tool of a result', () => {
    expect(write({ messages: [{ ...user(), name: 'ann' }] }).ignored).toEqual(['messages[].name']);
  });
});
