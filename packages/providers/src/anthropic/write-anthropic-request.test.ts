import type { CatalogModel, ChatRequest, Message } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { makeModel, makeProvider } from '../../test/fixtures/catalog.ts';
import { assessAnthropic } from './assess-anthropic.ts';
import { writeAnthropicChat } from './write-anthropic-request.ts';

const provider = makeProvider({ id: 'anthropic', name: 'Anthropic', format: 'anthropic' });
const able = makeModel(provider);
/** Thinks on a budget, takes a temperature, enforces schemas: the 4.5 family. */
const budgeted: CatalogModel = { ...able, releaseDate: '2025-09-29' };
/** Decides how long to think, takes no sampling: 4.7 and later. */
const adaptive: CatalogModel = {
  ...able,
  releaseDate: '2026-06-09',
  capabilities: { ...able.capabilities, temperature: false },
};
/** Before structured outputs. */
const old: CatalogModel = {
  ...budgeted,
  capabilities: { ...able.capabilities, structuredOutput: 'none', reasoning: false },
};

const user = (content: Message['content'] = 'Hi'): Message => ({ role: 'user', content: content ?? '' });
const weather = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
} as const;
const schema = { type: 'object', properties: { n: { type: 'integer', minimum: 1 } }, required: ['n'] };
const jsonSchema = { type: 'json_schema', json_schema: { name: 'reply', schema } } as const;

function write(request: Partial<ChatRequest>, model: CatalogModel = budgeted) {
  const whole = { model: 'auto', messages: [user()], ...request };
  const body = JSON.parse(writeAnthropicChat({ provider, model, request: whole, stream: false }).body);
  return { body, ...assessAnthropic(provider, model, whole) };
}

const removalsOf = (request: Partial<ChatRequest>, model?: CatalogModel) =>
  write(request, model).removals.map(({ detail }) => detail);

describe("messages for Anthropic's API", () => {
  it('puts system and developer messages on top, in order', () => {
    const { body } = write({
      messages: [
        { role: 'system', content: 'A' },
        user(),
        { role: 'developer', content: [{ type: 'text', text: 'B' }] },
      ],
    });
    expect(body.system).toEqual([
      { type: 'text', text: 'A' },
      { type: 'text', text: 'B' },
    ]);
    expect(body.messages).toHaveLength(1);
    expect(write({ messages: [{ role: 'system', content: 'A' }, user()] }).body.system).toBe('A');
  });

  it('merges neighbours of one role, tool results included, and keeps results before words', () => {
    const call = (id: string) =>
      ({ id, type: 'function', function: { name: 'weather', arguments: '{"city":"Bern"}' } }) as const;
    const { body } = write({
      messages: [
        user('A'),
        user('B'),
        { role: 'assistant', content: null, tool_calls: [call('a'), call('b')] },
        { role: 'tool', tool_call_id: 'a', content: '1' },
        { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: '2' }] },
        user('C'),
      ],
      tools: [weather],
    });
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'A' },
          { type: 'text', text: 'B' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'a', name: 'weather', input: { city: 'Bern' } },
          { type: 'tool_use', id: 'b', name: 'weather', input: { city: 'Bern' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: '1' },
          { type: 'tool_result', tool_use_id: 'b', content: [{ type: 'text', text: '2' }] },
          { type: 'text', text: 'C' },
        ],
      },
    ]);
  });

  it('carries images and documents, from the web and in the request', () => {
    const { body } = write({
      messages: [
        user([
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          { type: 'image_url', image_url: { url: 'https://example.org/a.png' } },
          { type: 'file', file: { file_data: 'data:application/pdf;base64,BBBB', filename: 'a.pdf' } },
          { type: 'file', file: { file_data: 'https://example.org/b.pdf' } },
          { type: 'file', file: { file_data: `data:text/plain;base64,${Buffer.from('Grüezi').toString('base64')}` } },
        ]),
      ],
    });
    expect(body.messages[0].content).toEqual([
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
      { type: 'image', source: { type: 'url', url: 'https://example.org/a.png' } },
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'BBBB' }, title: 'a.pdf' },
      { type: 'document', source: { type: 'url', url: 'https://example.org/b.pdf' } },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Grüezi' } },
    ]);
  });

  it('removes the model for parts nobody can carry over', () => {
    const parts = (part: object) => removalsOf({ messages: [user([part as never])] });
    expect(parts({ type: 'input_audio', input_audio: { data: 'A', format: 'wav' } })).toEqual([
      "Anthropic's Messages API does not honour audio input",
    ]);
    expect(parts({ type: 'file', file: { file_id: 'file-1' } })[0]).toContain('file_id');
    expect(parts({ type: 'file', file: { file_data: 'data:application/zip;base64,AAAA' } })[0]).toContain(
      'application/zip',
    );
  });

  it('passes prompt-cache hints on from parts, messages and tools', () => {
    const hint = { cache_control: { type: 'ephemeral', ttl: '1h' } };
    const { body, ignored } = write({
      messages: [{ role: 'system', content: 'A', ...hint }, user([{ type: 'text', text: 'B', ...hint }])],
      tools: [{ ...weather, ...hint }],
    });
    expect([body.system[0], body.messages[0].content[0], body.tools[0]]).toMatchObject([hint, hint, hint]);
    expect(ignored).toEqual([]);
  });

  it("sends its own signed thinking back in place, and another provider's not at all", () => {
    const details = (owner: string) => [
      { type: 'reasoning.text', text: 'T', signature: 'S', provider: owner },
      { type: 'reasoning.encrypted', data: 'D', provider: owner },
    ];
    const history = (owner: string) =>
      write({
        messages: [
          user(),
          { role: 'assistant', content: 'A', reasoning_content: 'T', reasoning_details: details(owner) },
          user(),
        ],
      }).body.messages[1].content;
    expect(history('anthropic')).toEqual([
      { type: 'thinking', thinking: 'T', signature: 'S' },
      { type: 'redacted_thinking', data: 'D' },
      { type: 'text', text: 'A' },
    ]);
    expect(history('mistral')).toEqual([{ type: 'text', text: 'A' }]);
  });

  it('survives what the API refuses: empty text, a greeting first, white space last, ids and arguments of other models', () => {
    const { body } = write({
      messages: [
        { role: 'assistant', content: 'Welcome' },
        user([
          { type: 'text', text: '' },
          { type: 'text', text: 'Hi' },
        ]),
        {
          role: 'assistant',
          content: '',
          tool_calls: [{ id: 'a:b|c', type: 'function', function: { name: 'weather', arguments: 'not json' } }],
        },
        { role: 'tool', tool_call_id: 'a:b|c', content: '' },
        { role: 'assistant', content: 'So \n' },
      ],
    });
    expect(body.messages[0].role).toBe('user');
    expect(body.messages[2].content).toEqual([{ type: 'text', text: 'Hi' }]);
    const [use] = body.messages[3].content;
    expect(use).toMatchObject({ id: expect.stringMatching(/^[a-zA-Z0-9]{24}$/), input: { arguments: 'not json' } });
    expect(body.messages[4].content[0].tool_use_id).toBe(use.id);
    expect(body.messages[5].content).toEqual([{ type: 'text', text: 'So' }]);
  });

  it('asks a system prompt alone as a question', () => {
    const { body } = write({ messages: [{ role: 'system', content: 'Tell a joke' }] });
    expect(body).not.toHaveProperty('system');
    expect(body.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Tell a joke' }] }]);
  });

  it('removes models that refuse a prefill from conversations that end with the assistant', () => {
    const messages: Message[] = [user(), { role: 'assistant', content: 'So' }];
    expect(removalsOf({ messages }, adaptive)).toEqual([
      'anthropic/able-1 does not honour a conversation that ends with an assistant message',
    ]);
    expect(removalsOf({ messages }, budgeted)).toEqual([]);
  });
});

describe("parameters for Anthropic's API", () => {
  it('always sets an output limit: the asked one, capped by the model, or a default', () => {
    expect(write({ max_completion_tokens: 5 }).body.max_tokens).toBe(5);
    expect(write({ max_tokens: 1_000_000 }).body.max_tokens).toBe(64_000);
    expect(write({}).body.max_tokens).toBe(32_000);
    expect(write({}, { ...budgeted, maxOutputTokens: 4096 }).body.max_tokens).toBe(4096);
  });

  it.each([
    [{ temperature: 1.4 }, { temperature: 1 }, ['temperature:clamped-to-1']],
    [{ temperature: 0.2 }, { temperature: 0.2 }, []],
    [{ top_p: 0.9 }, { top_p: 0.9 }, []],
    [{ temperature: 0.2, top_p: 0.9 }, { temperature: 0.2 }, ['top_p']],
  ])('samples %j as %j', (asked, sent, ignored) => {
    const { body, ignored: named } = write(asked);
    expect({
      ...(body.temperature !== undefined && { temperature: body.temperature }),
      ...(body.top_p !== undefined && { top_p: body.top_p }),
    }).toEqual(sent);
    expect(named).toEqual(ignored);
  });

  it('leaves sampling out for models without it, by name', () => {
    const { body, ignored } = write({ temperature: 0.2, top_p: 0.9 }, adaptive);
    expect(body).not.toHaveProperty('temperature');
    expect(ignored).toEqual(['temperature', 'top_p']);
    expect(write({ temperature: 1 }, adaptive).ignored).toEqual([]);
  });

  it('thinks on a budget in older models and by effort in newer ones', () => {
    const { body, ignored } = write({ reasoning_effort: 'medium', max_tokens: 10_000, temperature: 0.2 });
    expect(body.thinking).toEqual({ type: 'enabled', budget_tokens: 5000 });
    expect(body).not.toHaveProperty('temperature');
    expect(ignored).toEqual(['temperature']);
    expect(write({ reasoning_effort: 'minimal' }, adaptive).body).toMatchObject({
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: { effort: 'low' },
    });
    expect(write({ reasoning_effort: 'none' }, adaptive).body.thinking).toEqual({ type: 'disabled' });
    expect(write({ reasoning_effort: 'none' }).body).not.toHaveProperty('thinking');
  });

  it('keeps the budget at least 1024 and below the output limit', () => {
    expect(write({ reasoning_effort: 'low', max_tokens: 2000 }).body.thinking.budget_tokens).toBe(1024);
    expect(write({ reasoning_effort: 'max', max_tokens: 1025 }).body.thinking.budget_tokens).toBe(1024);
  });

  it.each<[string, Partial<ChatRequest>]>([
    ['there is too little room', { max_tokens: 1024 }],
    ['a tool is forced', { tools: [weather], tool_choice: 'required' }],
    ['the effort is unknown', { reasoning_effort: 'colossal' }],
    [
      'a tool loop began without thinking of its own',
      {
        messages: [
          user(),
          {
            role: 'assistant',
            content: null,
            reasoning_details: [{ type: 'reasoning.text', text: 'T', signature: 'S', provider: 'mistral' }],
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{}' } }],
          },
          { role: 'tool', tool_call_id: 'a', content: '1' },
        ],
      },
    ],
  ])('says that it does not think when %s', (_, request) => {
    const { body, ignored } = write({ reasoning_effort: 'high', ...request });
    expect(body).not.toHaveProperty('thinking');
    expect(ignored).toEqual(['reasoning_effort']);
  });

  it('ignores the effort of models that do not reason, by name, but not the wish for none', () => {
    expect(write({ reasoning_effort: 'high' }, old).ignored).toEqual(['reasoning_effort']);
    expect(write({ reasoning_effort: 'none' }, old).ignored).toEqual([]);
  });

  it.each([
    ['auto', undefined, { type: 'auto' }],
    ['none', undefined, { type: 'none' }],
    ['required', false, { type: 'any', disable_parallel_tool_use: true }],
    [{ type: 'function', function: { name: 'weather' } }, undefined, { type: 'tool', name: 'weather' }],
    [undefined, false, { type: 'auto', disable_parallel_tool_use: true }],
    [undefined, undefined, undefined],
  ] as const)('chooses tools: %j with parallel calls %j', (choice, parallel, expected) => {
    const { body, ignored, removals } = write({ tools: [weather], tool_choice: choice, parallel_tool_calls: parallel });
    expect(body.tool_choice).toEqual(expected);
    expect([ignored, removals]).toEqual([[], []]);
  });

  it('holds strict tools to their schema where the model can, and says so where it cannot', () => {
    const strict = {
      type: 'function',
      function: { name: 'f', strict: true, parameters: { type: 'object', properties: { a: { type: 'string' } } } },
    } as const;
    expect(write({ tools: [strict] }).body.tools[0]).toMatchObject({
      strict: true,
      input_schema: { additionalProperties: false },
    });
    const without = write({ tools: [strict] }, old);
    expect(without.body.tools[0]).not.toHaveProperty('strict');
    expect(without.ignored).toEqual(['tools[].function.strict']);
  });

  it('maps the service tiers both have and names the others', () => {
    expect(write({ service_tier: 'default' }).body.service_tier).toBe('standard_only');
    expect(write({ service_tier: 'flex' })).toMatchObject({ ignored: ['service_tier'] });
  });

  it('removes the model for stop sequences of white space, which the API refuses', () => {
    expect(removalsOf({ stop: '\n' })[0]).toContain('white space');
    expect(write({ stop: ['a', 'b'] }).body.stop_sequences).toEqual(['a', 'b']);
  });

  it('names what is unknown to it, at every depth', () => {
    const { ignored } = write({
      top_k: 3,
      messages: [{ ...user([{ type: 'text', text: 'Hi', extra: 1 }]), name: 'ann' }],
      tools: [{ ...weather, function: { ...weather.function, extra: 1 } }],
    });
    expect(ignored).toEqual(['top_k', 'messages[].name', 'messages[].content[].extra', 'tools[].function.extra']);
  });
});

describe("structured output for Anthropic's API", () => {
  it('is enforced by the provider where it can, naming the keywords it only reads', () => {
    const { body, ignored, removals } = write({ response_format: jsonSchema, tools: [weather] });
    expect(body.output_config.format).toEqual({
      type: 'json_schema',
      schema: {
        type: 'object',
        properties: { n: { type: 'integer', description: '{"minimum":1}' } },
        required: ['n'],
        additionalProperties: false,
      },
    });
    expect(ignored).toEqual(['response_format:minimum-not-enforced']);
    expect(removals).toEqual([]);
  });

  it('is a forced tool on older models, and impossible there beside other tools', () => {
    const { body } = write({ response_format: jsonSchema }, old);
    expect(body.tools).toMatchObject([{ name: 'pointsman_json_reply', input_schema: schema }]);
    expect(body.tool_choice).toMatchObject({ type: 'tool', name: 'pointsman_json_reply' });
    const [removal] = write({ response_format: jsonSchema, tools: [weather] }, old).removals;
    expect(removal).toMatchObject({ removal: 'structured-output' });
  });

  it('without a schema is a forced tool where that is allowed, else asked for in words and named', () => {
    const format = { response_format: { type: 'json_object' } } as const;
    expect(write(format).body.tool_choice).toMatchObject({ name: 'pointsman_json_reply' });
    const words = write(format, adaptive);
    expect(words.body.system).toContain('JSON object');
    expect(words.ignored).toEqual(['response_format:asked-for-in-words']);
  });
});
