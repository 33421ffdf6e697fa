import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleStream } from './assemble-stream.ts';
import { replayAsStream } from './replay-as-stream.ts';

type Chunk = {
  object: string;
  usage?: unknown;
  pointsman?: unknown;
  choices: { index: number; delta: Record<string, unknown>; finish_reason: string | null; logprobs?: unknown }[];
};

const chunksOf = (events: string[]): Chunk[] =>
  events.map((event) => {
    expect(event).toMatch(/^data: .*\n\n$/s);
    return JSON.parse(event.slice(6));
  });

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.lorem({ maxCount: 30 }),
  fc.constant(''),
  fc.string({ unit: 'binary' }),
);

const token = (value: fc.Arbitrary<string>) =>
  fc.record({
    token: value,
    logprob: fc.integer({ min: -9999, max: 0 }),
    bytes: fc.constant(null),
    top_logprobs: fc.constant([]),
  });

const toolCall = fc.oneof(
  fc.record({
    id: fc.string({ minLength: 1 }),
    type: fc.constant('function'),
    function: fc.record({ name: fc.string({ minLength: 1 }), arguments: text }),
  }),
  fc.record({
    id: fc.string({ minLength: 1 }),
    type: fc.constant('custom'),
    custom: fc.record({ name: fc.string({ minLength: 1 }), input: text }),
  }),
);

const message = fc.record(
  {
    role: fc.constant('assistant'),
    content: fc.option(text),
    refusal: fc.option(text),
    reasoning_content: fc.option(text),
    tool_calls: fc.array(toolCall, { minLength: 1, maxLength: 3 }),
    annotations: fc.array(fc.record({ type: fc.constant('url_citation'), url_citation: fc.object() })),
    reasoning_details: fc.array(fc.record({ type: fc.constant('reasoning.text'), text, signature: fc.string() })),
    audio: fc.record({ id: fc.string(), data: fc.base64String(), transcript: text, expires_at: fc.nat() }),
  },
  { requiredKeys: ['role', 'content', 'refusal'] },
);

/** Log probabilities whose tokens spell the content, or do not. */
const choice = message.chain((made) => {
  const spelled =
    typeof made.content === 'string' && made.content !== '' ? [...made.content].map((t) => token(fc.constant(t))) : [];
  return fc.record({
    message: fc.constant(made),
    finish_reason: fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter'),
    logprobs: fc.oneof(
      fc.constant(null),
      fc.record({ content: fc.option(fc.array(token(fc.string()), { maxLength: 4 })), refusal: fc.constant(null) }),
      fc.record({ content: fc.tuple(...spelled), refusal: fc.constant(null) }),
    ),
  });
});

const completion = fc
  .record(
    {
      id: fc.string(),
      created: fc.nat(),
      model: fc.string(),
      service_tier: fc.constantFrom('default', 'flex'),
      system_fingerprint: fc.string(),
      citations: fc.array(fc.webUrl()),
      choices: fc.array(choice, { minLength: 1, maxLength: 3 }),
      usage: fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat(), total_tokens: fc.nat() }),
    },
    { requiredKeys: ['id', 'created', 'model', 'choices', 'usage'] },
  )
  .map((made) => ({
    object: 'chat.completion',
    ...made,
    choices: made.choices.map((each, index) => ({ index, ...each })),
  }));

describe('a stored completion replayed as a stream', () => {
  it('is the completion again when its chunks are put together, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(completion, fc.nat(), (made, seed) => {
        const body = JSON.stringify(made);
        const events = replayAsStream(body, { includeUsage: true, usageFacts: { decision_id: 'dec_1' } });
        const whole = assembleStream([...events, 'data: [DONE]\n\n']);
        expect(JSON.parse(whole ?? 'null')).toEqual(JSON.parse(body));
        const bytes = Buffer.from(events.join(''));
        const cut = seed % bytes.length;
        expect(assembleStream([bytes.subarray(0, cut), bytes.subarray(cut)])).toBe(whole);
      }),
    );
  });

  it('is made of chunks with one choice, a role at the start and one finish reason at the end of each choice', () => {
    fc.assert(
      fc.property(completion, (made) => {
        const chunks = chunksOf(replayAsStream(JSON.stringify(made), { includeUsage: false }));
        expect(chunks.every((chunk) => chunk.object === 'chat.completion.chunk' && !('usage' in chunk))).toBe(true);
        for (const { index, finish_reason } of made.choices) {
          const own = chunks.map((chunk) => chunk.choices[0]).filter((each) => each?.index === index);
          expect(own[0]?.delta.role).toBe('assistant');
          expect(own.filter((each) => each?.delta.role !== undefined)).toHaveLength(1);
          expect(own.map((each) => each?.finish_reason)).toEqual([...own.slice(1).map(() => null), finish_reason]);
        }
      }),
    );
  });

  it('gives words one by one and one log probability with each token', () => {
    const logprobs = {
      content: ['Hel', 'lo ', 'you'].map((each) => ({ token: each, logprob: -1, bytes: null, top_logprobs: [] })),
      refusal: null,
    };
    const choices = [
      {
        index: 0,
        message: { role: 'assistant', content: 'A few words, here.', refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
      {
        index: 1,
        message: { role: 'assistant', content: 'Hello you', refusal: null },
        logprobs,
        finish_reason: 'stop',
      },
    ];
    const chunks = chunksOf(
      replayAsStream(JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices }), {
        includeUsage: false,
      }),
    );
    const deltas = (index: number) => chunks.flatMap((chunk) => chunk.choices).filter((each) => each.index === index);
    expect(deltas(0).map((each) => each.delta.content)).toEqual(['', 'A', ' few', ' words,', ' here.', undefined]);
    expect(deltas(1).map((each) => each.delta.content)).toEqual(['', 'Hel', 'lo ', 'you', undefined]);
    expect(deltas(1)[2]?.logprobs).toEqual({ content: [logprobs.content[1]], refusal: null });
  });

  it('never cuts a character in two', () => {
    const content = '🚂'.repeat(500);
    const events = replayAsStream(
      JSON.stringify({ choices: [{ index: 0, message: { content }, finish_reason: 'stop' }] }),
      { includeUsage: false },
    );
    for (const { choices } of chunksOf(events)) {
      const piece = choices[0]?.delta.content;
      if (typeof piece === 'string') expect(piece.isWellFormed()).toBe(true);
    }
    expect(events.length).toBeGreaterThan(5);
  });

  it('ends with a usage chunk that carries the facts only when usage was asked for', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 };
    const body = JSON.stringify({
      id: 'c',
      choices: [{ index: 0, message: { content: 'a' }, finish_reason: 'stop' }],
      usage,
    });
    const chunks = chunksOf(replayAsStream(body, { includeUsage: true, usageFacts: { decision_id: 'dec_1' } }));
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage, pointsman: { decision_id: 'dec_1' } });
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null && !('pointsman' in chunk))).toBe(true);
    const silent = replayAsStream(body, { includeUsage: false, usageFacts: { decision_id: 'dec_1' } });
    expect(silent.join('')).not.toContain('dec_1');
  });

  it('streams a tool call with its index, its name once and its arguments in pieces', () => {
    const call = (id: string) => ({
      id,
      type: 'function',
      function: { name: `f_${id}`, arguments: '{"city": "Paris", "days": 3}' },
    });
    const body = JSON.stringify({
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: null, tool_calls: [call('a'), call('b')] },
          finish_reason: 'tool_calls',
        },
      ],
    });
    const deltas = chunksOf(replayAsStream(body, { includeUsage: false })).flatMap(
      (chunk) => chunk.choices[0]?.delta.tool_calls ?? [],
    );
    expect(deltas).toHaveLength(10);
    expect(deltas[0]).toEqual({ index: 0, id: 'a', type: 'function', function: { name: 'f_a', arguments: '' } });
    expect(deltas[1]).toEqual({ index: 0, function: { arguments: '{"city":' } });
    expect(deltas[5]).toMatchObject({ index: 1, id: 'b' });
  });
});

describe('putting a stream together', () => {
  const event = (chunk: unknown) => `data: ${JSON.stringify(chunk)}\n\n`;
  const delta = (fields: unknown, finish_reason: string | null = null, index = 0) =>
    event({
      id: 'c',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [{ index, delta: fields, finish_reason }],
    });

  it('has no result without a finish reason for every choice, with an error in it, or from broken JSON', () => {
    const start = delta({ role: 'assistant', content: 'a' });
    expect(assembleStream([])).toBeUndefined();
    expect(assembleStream([start])).toBeUndefined();
    expect(assembleStream([start, delta({ content: 'b' }, null, 1), delta({}, 'stop')])).toBeUndefined();
    expect(assembleStream([delta({ content: 'b' }, 'stop', 1)])).toBeUndefined();
    expect(assembleStream([start, event({ error: { message: 'gone' } }), delta({}, 'stop')])).toBeUndefined();
    expect(assembleStream([start, delta({}, 'stop'), 'data: {"id": \n\n'])).toBeUndefined();
    expect(assembleStream([start, delta({}, 'stop')])).toBeDefined();
  });

  it('reads comments, CRLF and data without a space, and drops what concerns delivery only', () => {
    const body = assembleStream([
      ': keep-alive\r\n\r\n',
      'data:{"id":"c","obfuscation":"x","pointsman":{"arm":"a"},"choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]}\r\n\r\n',
    ]);
    expect(JSON.parse(body ?? 'null')).toEqual({
      id: 'c',
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'hi', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
    });
  });

  it('joins tool calls by index, and by id where a host leaves the index out', () => {
    const body = assembleStream([
      delta({ tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"x"' } }] }),
      delta({ tool_calls: [{ function: { arguments: ':1}' } }] }),
      delta({ tool_calls: [{ id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } }] }, 'tool_calls'),
    ]);
    expect(JSON.parse(body ?? 'null').choices[0].message.tool_calls).toEqual([
      { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
      { id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
    ]);
  });

  it('joins the pieces of a reasoning block that share an index', () => {
    const piece = (fields: unknown) => delta({ reasoning_details: [fields] });
    const body = assembleStream([
      piece({ type: 'reasoning.text', index: 0, text: 'I ' }),
      piece({ type: 'reasoning.text', index: 0, text: 'think' }),
      piece({ type: 'reasoning.text', index: 0, signature: 'sig' }),
      delta({ content: 'so' }, 'stop'),
    ]);
    expect(JSON.parse(body ?? 'null').choices[0].message.reasoning_details).toEqual([
      { type: 'reasoning.text', index: 0, text: 'I think', signature: 'sig' },
    ]);
  });
});
