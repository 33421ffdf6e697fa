import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectStream } from '../../test/collect-answer.ts';
import { PassthroughReader } from './passthrough-reader.ts';

const reader = () =>
  new PassthroughReader({
    classifyError: () => ({ kind: 'transient', message: 'broken', param: undefined, code: undefined }),
  });

const event = (delta: object, rest: object = {}) =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: null }], ...rest })}\n\n`;
const finish = `data: {"id":"c1","object":"chat.completion.chunk","created":1,"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n`;
const done = 'data: [DONE]\n\n';

/** Pieces of content, some of which try to look like the keys that the scan searches for. */
const words = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom('"usage":{', '"error":', '\\', '"', '[DONE]', '\\"}', '"finish_reason":"stop"'),
  ),
  { minLength: 1, maxLength: 12 },
);
const cleaned = (text: string) => Buffer.from(text).toString();

describe('passing an OpenAI stream through', () => {
  it('forwards every byte of the content events unchanged and in order', () => {
    fc.assert(
      fc.property(words, fc.nat(500), (pieces, cut) => {
        const body =
          event({ role: 'assistant', content: '' }) + pieces.map((content) => event({ content })).join('') + finish;
        const bytes = Buffer.from(body + done);
        const subject = reader();
        subject.push(bytes.subarray(0, cut % bytes.length));
        subject.push(bytes.subarray(cut % bytes.length));
        subject.end();
        expect(subject.failure).toBeUndefined();
        const forwarded = subject.parts.map((part) => (part.kind === 'events' ? String(part.sse) : '')).join('');
        expect(forwarded).toBe(cleaned(body));
        expect(collectStream(subject.parts).content).toBe(cleaned(pieces.join('')));
      }),
    );
  });

  it('counts the same with its memory of plain events as without', () => {
    fc.assert(
      fc.property(words, (pieces) => {
        const counted = (chunks: readonly string[]) => {
          const subject = reader();
          for (const chunk of chunks) subject.push(Buffer.from(chunk));
          return subject.parts.reduce((sum, part) => sum + (part.kind === 'events' ? part.outputChars : 0), 0);
        };
        const alone = pieces.reduce((sum, content) => sum + counted([event({ content })]), 0);
        expect(counted(pieces.map((content) => event({ content })))).toBe(alone);
      }),
    );
  });

  it('gives a run of plain events in one chunk as one view of that chunk', () => {
    const chunk = Buffer.from(event({ content: 'a' }) + event({ content: 'b' }));
    const subject = reader();
    subject.push(chunk);
    expect(subject.parts).toEqual([{ kind: 'events', sse: chunk, outputChars: 2 }]);
    expect(subject.parts[0]).toHaveProperty('sse', chunk);
  });

  it('stays unopened while only the role has come, and while comments keep the line warm', () => {
    const subject = reader();
    subject.push(
      Buffer.from(
        `: OPENROUTER PROCESSING\n\n${event({ role: 'assistant', content: '' })}${event({ role: 'assistant', content: null })}`,
      ),
    );
    expect(subject.opened).toBe(false);
    subject.push(Buffer.from(event({ content: 'a' })));
    expect(subject.opened).toBe(true);
  });

  it('opens on a tool call, even one without arguments', () => {
    const subject = reader();
    subject.push(
      Buffer.from(
        event({ tool_calls: [{ index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '' } }] }),
      ),
    );
    expect(subject.opened).toBe(true);
  });

  it('keeps the last of a usage that comes on every event, and forwards those events unchanged', () => {
    const usage = (n: number) => ({ usage: { prompt_tokens: 5, completion_tokens: n, total_tokens: 5 + n } });
    const body = event({ content: 'a' }, usage(1)) + event({ content: 'b' }, usage(2)) + finish;
    const subject = reader();
    subject.push(Buffer.from(body + done));
    const [last] = subject.parts.slice(-1);
    expect(last).toMatchObject({
      kind: 'usage',
      usage: { inputTokens: 5, outputTokens: 2 },
      chunk: { choices: [], id: 'c1' },
    });
    expect(subject.parts.map((part) => (part.kind === 'events' ? String(part.sse) : '')).join('')).toBe(body);
  });

  it('reads a cost in dollars without losing a nano-dollar', () => {
    const subject = reader();
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cost: 0.000012345 };
    subject.push(
      Buffer.from(
        `${event({ content: 'a' }) + finish}data: {"id":"c1","choices":[],"usage":${JSON.stringify(usage)}}\n\n${done}`,
      ),
    );
    expect(subject.parts.at(-1)).toMatchObject({ usage: { reportedCostNanoUsd: 12_345 } });
  });

  it('gives the usage it has before it reports a failure', () => {
    const subject = reader();
    subject.push(
      Buffer.from(event({ content: 'a' }, { usage: { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 } })),
    );
    subject.end();
    expect(subject.failure).toMatchObject({ code: 'cut' });
    expect(subject.parts.at(-1)).toMatchObject({ kind: 'usage', usage: { inputTokens: 5, outputTokens: 1 } });
  });

  it('never reports a usage that says nothing', () => {
    const subject = reader();
    subject.push(
      Buffer.from(`${event({ content: 'a' }) + finish}data: {"id":"c1","choices":[],"usage":{}}\n\n${done}`),
    );
    expect(subject.parts.some((part) => part.kind === 'usage')).toBe(false);
  });
});
