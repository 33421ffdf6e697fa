import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json-value.ts';
import { ProviderFault } from '../provider-fault.ts';
import { parseMistralChat } from './parse-mistral-chat.ts';

const user = { role: 'user', content: 'Hello' };
const call = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } });
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'x' });

function refusal(body: JsonObject): ProviderFault {
  try {
    parseMistralChat({ model: 'mistral-small-latest', messages: [user], ...body });
  } catch (error) {
    if (error instanceof ProviderFault) return error;
    throw error;
  }
  throw new Error('The request was accepted.');
}

describe('parseMistralChat', () => {
  test.each<[string, JsonObject, string, (string | number)[]]>([
    [
      'OpenAI’s stream options',
      { stream_options: { include_usage: true } },
      'extra_forbidden',
      ['body', 'stream_options'],
    ],
    ['OpenAI’s token limit', { max_completion_tokens: 5 }, 'extra_forbidden', ['body', 'max_completion_tokens']],
    ['OpenAI’s seed', { seed: 5 }, 'extra_forbidden', ['body', 'seed']],
    ['missing messages', { messages: undefined }, 'missing', ['body', 'messages']],
    [
      'the developer role',
      { messages: [{ role: 'developer', content: 'x' }] },
      'union_tag_invalid',
      ['body', 'messages', 0],
    ],
    [
      'a foreign field in a message',
      { messages: [user, { role: 'assistant', content: 'x', refusal: null }, user] },
      'extra_forbidden',
      ['body', 'messages', 1, 'assistant', 'refusal'],
    ],
    ['a temperature of type string', { temperature: 'hot' }, 'float_type', ['body', 'temperature']],
    ['a temperature above 1.5', { temperature: 2 }, 'less_than_equal', ['body', 'temperature']],
  ])('answers 422 to %s', (_what, body, type, loc) => {
    const fault = refusal(body);
    expect(fault.status).toBe(422);
    expect(fault.detail).toEqual([expect.objectContaining({ type, loc, msg: expect.any(String) })]);
  });

  test('complains about everything at once', () => {
    expect(refusal({ seed: 1, logprobs: true }).detail).toHaveLength(2);
  });

  test.each<[string, unknown[], string]>([
    [
      'a tool call id that is not nine letters and digits',
      [user, { role: 'assistant', tool_calls: [call('call_123')] }, result('call_123')],
      '3280',
    ],
    ['an unanswered call', [user, { role: 'assistant', tool_calls: [call('abc123def')] }, user], '3230'],
    ['a result without a call', [user, result('abc123def')], '3230'],
    [
      'a user right after a tool',
      [user, { role: 'assistant', tool_calls: [call('abc123def')] }, result('abc123def'), user],
      '3230',
    ],
    ['a conversation that ends with the assistant', [user, { role: 'assistant', content: 'x' }], '3230'],
    ['an assistant that says nothing', [user, { role: 'assistant', content: '' }, user], '3240'],
  ])('answers 400 to %s', (_what, messages, code) => {
    expect(refusal({ messages })).toMatchObject({ status: 400, code });
  });

  test('accepts a prefix to go on from, and thinking that it gave itself', () => {
    const thinking = { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] };
    const messages = [
      user,
      { role: 'assistant', content: [thinking] },
      user,
      { role: 'assistant', content: 'So', prefix: true },
    ];
    expect(parseMistralChat({ model: 'magistral-medium-latest', messages }).reasoningBudget).toBeGreaterThan(0);
  });
});
