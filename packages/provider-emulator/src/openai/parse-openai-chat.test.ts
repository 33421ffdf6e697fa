import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json-value.ts';
import { ProviderFault } from '../provider-fault.ts';
import { parseOpenaiChat } from './parse-openai-chat.ts';

const user = { role: 'user', content: 'Hello' };
const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } };

function refusal(body: JsonObject): ProviderFault {
  try {
    parseOpenaiChat({ model: 'gpt-4o-mini', messages: [user], ...body });
  } catch (error) {
    if (error instanceof ProviderFault) return error;
    throw error;
  }
  throw new Error('The request was accepted.');
}

describe('parseOpenaiChat', () => {
  test.each<[string, JsonObject, string | null, string | null]>([
    ['missing messages', { messages: undefined }, 'messages', 'missing_required_parameter'],
    ['no message', { messages: [] }, 'messages', 'empty_array'],
    ['an unknown role', { messages: [{ role: 'robot', content: 'x' }] }, 'messages[0].role', 'invalid_value'],
    [
      'a message without content',
      { messages: [{ role: 'user' }] },
      'messages[0].content',
      'missing_required_parameter',
    ],
    ['content of null', { messages: [{ role: 'user', content: null }] }, 'messages.[0].content', null],
    [
      'an Anthropic image',
      { messages: [{ role: 'user', content: [{ type: 'image' }] }] },
      'messages[0].content[0].type',
      'invalid_value',
    ],
    ['a temperature of type string', { temperature: '0.2' }, 'temperature', 'invalid_type'],
    ['a temperature above 2', { temperature: 3 }, 'temperature', 'decimal_above_maximum_value'],
    ['n below 1', { n: 0 }, 'n', 'integer_below_minimum_value'],
    ['the gateway’s own options', { pointsman: {} }, 'pointsman', 'unknown_parameter'],
    ['Anthropic’s system', { system: 'x' }, 'system', 'unknown_parameter'],
    ['Mistral’s seed', { random_seed: 1 }, 'random_seed', 'unknown_parameter'],
    ['stream options without a stream', { stream_options: { include_usage: true } }, 'stream_options', null],
    ['two token limits', { max_tokens: 1, max_completion_tokens: 1 }, 'max_tokens', 'invalid_parameter_combination'],
    ['a tool choice without tools', { tool_choice: 'auto' }, 'tool_choice', null],
    [
      'an empty list of tool calls',
      { messages: [{ role: 'assistant', content: 'x', tool_calls: [] }] },
      'messages[0].tool_calls',
      'empty_array',
    ],
    [
      'a tool message without its call',
      { messages: [user, { role: 'tool', tool_call_id: 'call_1', content: 'x' }] },
      'messages.[1].role',
      null,
    ],
    [
      'a call without its tool message',
      { messages: [{ role: 'assistant', tool_calls: [call] }, user] },
      'messages.[1].role',
      null,
    ],
    ['JSON mode without the word', { response_format: { type: 'json_object' } }, 'messages', null],
  ])('refuses %s', (_what, body, param, code) => {
    const fault = refusal(body);
    expect(fault).toMatchObject({ status: 400, type: 'invalid_request_error', param, code });
    expect(fault.message).not.toBe('');
  });

  test('refuses what reasoning models do not take, and accepts it from others', () => {
    expect(refusal({ model: 'gpt-5', max_tokens: 5 })).toMatchObject({
      param: 'max_tokens',
      code: 'unsupported_parameter',
    });
    expect(refusal({ model: 'o3', temperature: 0.2 })).toMatchObject({
      param: 'temperature',
      code: 'unsupported_value',
    });
    expect(refusal({ model: 'gpt-4o', reasoning_effort: 'low' }).message).toContain('reasoning_effort');
    expect(parseOpenaiChat({ model: 'gpt-5-chat-latest', messages: [user], temperature: 0.2 }).reasoningBudget).toBe(0);
    expect(parseOpenaiChat({ model: 'gpt-5', messages: [user], temperature: 1 }).reasoningBudget).toBeGreaterThan(0);
  });

  test('refuses a strict schema that is not closed, at any depth', () => {
    const inner = { type: 'object', properties: { b: { type: 'string' } }, required: [], additionalProperties: false };
    const schema = { type: 'object', properties: { a: inner }, required: ['a'], additionalProperties: false };
    const format = { type: 'json_schema', json_schema: { name: 'thing', strict: true, schema } };
    expect(refusal({ response_format: format }).message).toContain("In context=('properties', 'a')");
  });

  test('takes a tool loop in order, with several calls answered in any order', () => {
    const calls = [call, { ...call, id: 'call_2' }];
    const ask = parseOpenaiChat({
      model: 'gpt-4o-mini',
      messages: [
        user,
        { role: 'assistant', content: null, tool_calls: calls },
        { role: 'tool', tool_call_id: 'call_2', content: 'two' },
        { role: 'tool', tool_call_id: 'call_1', content: 'one' },
      ],
    });
    expect(ask).toMatchObject({ prompt: 'Hello', answersToolResult: true, messageCount: 4 });
  });
});
