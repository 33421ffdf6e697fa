import type { ChatRequest, Decision } from '@pointsman/contracts';
import { describe, expect, test } from 'vitest';
import type { DrawnRequest } from '../pipeline/pipeline-dependencies.ts';
import { sampleOf } from './sample-of.ts';

const completion = (message: object) => JSON.stringify({ choices: [{ index: 0, message }] });

const drawn = (changes: Partial<ChatRequest> = {}, reply: string | undefined = completion({ content: 'Yes.' })) =>
  ({
    decision: {
      id: 'dec_1',
      clientId: 'cli_1',
      at: '2026-11-20T12:00:00.000Z',
      modelId: 'openai/gpt-4.1',
      domain: 'legal',
      endUser: 'u1',
    } as Decision,
    request: { model: 'auto', messages: [{ role: 'user', content: 'May I?' }], ...changes } as ChatRequest,
    retentionDays: 30,
    completion: () => reply,
  }) satisfies DrawnRequest;

describe('what is stored of a drawn request', () => {
  test('is the words of both sides, redacted, and what was read in the request', () => {
    const sample = sampleOf(
      drawn(
        { messages: [{ role: 'user', content: 'I am ann@acme.example' }] },
        completion({ content: 'Hello ann@acme.example, call +33 6 12 34 56 78' }),
      ),
    );
    expect(sample).toEqual({
      decisionId: 'dec_1',
      clientId: 'cli_1',
      at: '2026-11-20T12:00:00.000Z',
      retentionDays: 30,
      endUser: 'u1',
      modelId: 'openai/gpt-4.1',
      domain: 'legal',
      task: undefined,
      messages: [{ role: 'user', content: 'I am [EMAIL]' }],
      reply: 'Hello [EMAIL], call [PHONE]',
    });
  });

  test('names pictures and shows calls of tools, and holds neither data nor sound', () => {
    const sample = sampleOf(
      drawn({
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            ],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }],
          },
          { role: 'tool', tool_call_id: 'c1', content: 'a bird' },
        ],
      }),
    );
    expect(sample?.messages).toEqual([
      { role: 'user', content: 'What is this?\n[image]' },
      { role: 'assistant', content: 'look({"at":1})' },
      { role: 'tool', content: 'a bird' },
    ]);
  });

  test('is a refusal where there is no other text', () => {
    expect(sampleOf(drawn({}, completion({ content: null, refusal: 'I must not.' })))?.reply).toBe('I must not.');
  });

  test.each([
    ['a call of tools', completion({ content: null, tool_calls: [] })],
    ['blank', completion({ content: ' \n' })],
    ['not JSON', '<html>'],
    ['without choices', '{}'],
  ])('is nothing when the reply is %s', (_what, reply) => {
    expect(sampleOf(drawn({}, reply))).toBeUndefined();
  });

  test('is nothing when the stream was not whole, or the conversation is too long to read', () => {
    expect(sampleOf({ ...drawn(), completion: () => undefined })).toBeUndefined();
    const long = { messages: [{ role: 'user' as const, content: 'word '.repeat(21_000) }] };
    expect(sampleOf(drawn(long))).toBeUndefined();
  });
});
