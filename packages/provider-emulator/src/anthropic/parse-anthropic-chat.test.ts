import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json-value.ts';
import { ProviderFault } from '../provider-fault.ts';
import { parseAnthropicChat } from './parse-anthropic-chat.ts';
import { signThinking } from './sign-thinking.ts';

const user = { role: 'user', content: 'Hello' };
const use = { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} };
const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: 'x' };
const tool = { name: 'f', input_schema: { type: 'object' } };
const thinking = { type: 'enabled', budget_tokens: 1024 };
const says = (content: unknown) => ({ role: 'assistant', content });
const asks = (content: unknown) => ({ role: 'user', content });

function refusal(body: JsonObject): ProviderFault {
  try {
    parseAnthropicChat({ model: 'claude-sonnet-4-5', max_tokens: 4096, messages: [user], ...body });
  } catch (error) {
    if (error instanceof ProviderFault) return error;
    throw error;
  }
  throw new Error('The request was accepted.');
}

describe('parseAnthropicChat', () => {
  test.each<[string, JsonObject, string]>([
    ['no token limit', { max_tokens: undefined }, 'max_tokens: Field required'],
    ['OpenAI’s stop', { stop: ['x'] }, 'stop: Extra inputs are not permitted'],
    ['OpenAI’s seed', { seed: 1 }, 'seed: Extra inputs are not permitted'],
    ['a system message', { messages: [{ role: 'system', content: 'x' }, user] }, 'messages: Unexpected role "system"'],
    ['an unknown role', { messages: [{ role: 'tool', content: 'x' }] }, 'messages: Unexpected role "tool"'],
    ['an assistant first', { messages: [says('x'), user] }, 'messages: first message must use the "user" role'],
    ['empty content', { messages: [asks('')] }, 'messages.0: all messages must have non-empty content'],
    [
      'an empty text block',
      { messages: [asks([{ type: 'text', text: '' }])] },
      'messages: text content blocks must be non-empty',
    ],
    ['an OpenAI image', { messages: [asks([{ type: 'image_url' }])] }, "messages.0.content.0: Input tag 'image_url'"],
    [
      'a tool call with text as input',
      { messages: [user, says([{ ...use, input: '{}' }]), asks([result])] },
      'messages.1.content.0.tool_use.input: Input should be a valid dictionary',
    ],
    [
      'a result without its call',
      { messages: [asks([result])] },
      'messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_1',
    ],
    [
      'a call without its result',
      { messages: [user, says([use]), user] },
      'messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1',
    ],
    [
      'text before the result',
      { messages: [user, says([use]), asks([{ type: 'text', text: 'so' }, result])] },
      'messages.1: `tool_use` ids were found without',
    ],
    ['an OpenAI tool', { tools: [{ type: 'function', function: {} }] }, "tools.0: Input tag 'function'"],
    ['a tool without a schema', { tools: [{ name: 'f' }] }, 'tools.0.custom.input_schema: Field required'],
    ['OpenAI’s tool choice', { tools: [tool], tool_choice: 'auto' }, 'tool_choice: Input should be a valid dictionary'],
    ['a temperature above 1', { temperature: 1.5 }, 'temperature: range: 0..1'],
    [
      'a budget above the limit',
      { max_tokens: 1000, thinking },
      '`max_tokens` must be greater than `thinking.budget_tokens`',
    ],
    [
      'thinking at another temperature',
      { thinking, temperature: 0 },
      '`temperature` may only be set to 1 when thinking is enabled',
    ],
    [
      'thinking with a forced tool',
      { thinking, tools: [tool], tool_choice: { type: 'any' } },
      'Thinking may not be enabled when tool_choice forces tool use',
    ],
    [
      'a forged signature',
      { messages: [user, says([{ type: 'thinking', thinking: 'x', signature: 'y' }]), user] },
      'messages.1.content.0: Invalid `signature` in `thinking` block',
    ],
    [
      'a tool loop that lost its thinking',
      { thinking, messages: [user, says([use]), asks([result])] },
      'messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`',
    ],
    [
      'an open schema',
      { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
      'output_config.format.schema',
    ],
  ])('refuses %s', (_what, body, message) => {
    const fault = refusal(body);
    expect(fault).toMatchObject({ status: 400, type: 'invalid_request_error' });
    expect(fault.message).toContain(message);
  });

  test('refuses what a generation of models no longer or not yet takes', () => {
    const model = 'claude-opus-4-8';
    expect(refusal({ model, temperature: 0 }).message).toBe('`temperature` is deprecated for this model.');
    expect(refusal({ model, thinking }).message).toContain('Use "thinking.type.adaptive"');
    expect(refusal({ thinking: { type: 'adaptive' } }).message).toContain('adaptive thinking is not supported');
    for (const accepted of [
      { model, temperature: 1 },
      { model: 'claude-sonnet-4-6', thinking: { type: 'adaptive' } },
    ]) {
      expect(() => parseAnthropicChat({ max_tokens: 10, messages: [user], ...accepted })).not.toThrow();
    }
  });

  test('refuses a fifth cache mark', () => {
    const block = { type: 'text', text: 'x', cache_control: { type: 'ephemeral' } };
    expect(refusal({ messages: [asks(Array.from({ length: 5 }, () => block))] }).message).toContain('Found 5');
  });

  test('merges neighbours of one role before it looks for calls and results', () => {
    const other = { ...use, id: 'toolu_2' };
    const messages = [
      user,
      says('Let me see.'),
      says([use]),
      says([other]),
      asks([result]),
      asks([{ ...result, tool_use_id: 'toolu_2' }]),
    ];
    const ask = parseAnthropicChat({ model: 'claude-sonnet-4-5', max_tokens: 10, messages });
    expect(ask).toMatchObject({ messageCount: 3, answersToolResult: true, prompt: 'Hello' });
  });

  test('takes back the thinking that it signed', () => {
    const thought = { type: 'thinking', thinking: 'Hm.', signature: signThinking('Hm.') };
    const messages = [user, says([thought, use]), asks([result])];
    expect(
      parseAnthropicChat({ model: 'claude-sonnet-4-5', max_tokens: 4096, thinking, messages }).reasoningBudget,
    ).toBe(192);
  });
});
