import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanReplyUsage } from './scan-reply-usage.ts';

const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8, prompt_tokens_details: { cached_tokens: 1 } };
const reply = (content: unknown, last: Record<string, unknown> = { usage }) =>
  Buffer.from(JSON.stringify({ id: 'x', choices: [{ message: { role: 'assistant', content } }], ...last }));

describe('usage read without parsing the reply', () => {
  test('is what parsing the whole would give, whatever the reply says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (content) => {
        expect(scanReplyUsage(reply(content))).toEqual(usage);
      }),
    );
  });

  test('is not taken in by a reply that talks about usage', () => {
    const talk = '"usage": {"prompt_tokens": 999, "completion_tokens": 999}';
    expect(scanReplyUsage(reply(talk))).toEqual(usage);
    expect(scanReplyUsage(reply(talk, {}))).toBeUndefined();
    expect(scanReplyUsage(reply('usage', { tail: 'usage' }))).toBeUndefined();
  });

  test('may stand before the choices, and with any white space', () => {
    const body = Buffer.from(`{ "usage" :\n ${JSON.stringify(usage)}, "choices": [] }`);
    expect(scanReplyUsage(body)).toEqual(usage);
  });

  test.each([
    ['null', '{"choices":[],"usage":null}'],
    ['absent', '{"choices":[]}'],
    ['cut off', '{"choices":[],"usage":{"prompt_tokens":1'],
    ['without choices', '{"usage":{"prompt_tokens":1,"completion_tokens":1}}'],
    ['without counts', '{"choices":[],"usage":{}}'],
    ['in a stream', 'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1}}\n\n'],
    ['in a torn reply', '{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1},"x":'],
  ])('leaves the answer to a full parse when it is %s', (_, body) => {
    expect(scanReplyUsage(Buffer.from(body))).toBeUndefined();
  });
});
