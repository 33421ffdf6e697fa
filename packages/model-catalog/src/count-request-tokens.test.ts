import type { ChatRequest, ContentPart } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { countRequestTokens, estimateTokens } from './index.ts';

const ask = (rest: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'auto',
  messages: [{ role: 'user', content: 'hello world' }],
  ...rest,
});
const withPart = (part: ContentPart) => ask({ messages: [{ role: 'user', content: [part] }] });
const empty = countRequestTokens(ask({ messages: [{ role: 'user', content: '' }] }));

describe('countRequestTokens', () => {
  it("adds OpenAI's documented overheads to the text", () => {
    // The example of OpenAI's cookbook, which the API counts as 124 tokens for gpt-4o.
    const messages: ChatRequest['messages'] = [
      ['system', 'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.'],
      ['system', 'New synergies will help drive top-line growth.', 'example_user'],
      ['system', 'Things working well together will increase revenue.', 'example_assistant'],
      [
        'system',
        "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
        'example_user',
      ],
      ['system', "Let's talk later when we're less busy about how to do better.", 'example_assistant'],
      ['user', "This late pivot means we don't have time to boil the ocean for the client deliverable."],
    ].map(([role, content, name]) => ({
      role: role === 'user' ? 'user' : 'system',
      content: content ?? '',
      ...(name === undefined ? {} : { name }),
    }));
    const counted = countRequestTokens(ask({ messages }));
    expect(Math.abs(counted / 124 - 1)).toBeLessThan(0.1);
  });

  it('counts images by their detail and never reads base64 as text', () => {
    const url = `data:image/png;base64,${'A'.repeat(1_000_000)}`;
    const image = (detail?: 'low' | 'high') =>
      countRequestTokens(withPart({ type: 'image_url', image_url: { url, detail } })) - empty;
    expect(image('low')).toBe(85);
    expect(image('high')).toBe(765);
    expect(image()).toBe(765);
  });

  it('counts a minute of sound as 600 tokens', () => {
    const seconds = 60;
    const wav = 'A'.repeat((seconds * 48_000 * 4) / 3);
    expect(
      countRequestTokens(withPart({ type: 'input_audio', input_audio: { data: wav, format: 'wav' } })) - empty,
    ).toBe(600);
  });

  it('estimates files by their size, and by a page where only a reference is given', () => {
    const file = (content: object) => countRequestTokens(withPart({ type: 'file', file: { ...content } })) - empty;
    expect(file({ file_data: 'A'.repeat(100_000) })).toBe(1500);
    expect(file({ file_id: 'file-1' })).toBe(1500);
  });

  it('counts tool definitions, tool calls, tool results and a response schema', () => {
    const parameters = { type: 'object', properties: { city: { type: 'string', description: 'Where to look' } } };
    const tools: ChatRequest['tools'] = [
      { type: 'function', function: { name: 'weather', description: 'Looks up the weather', parameters } },
    ];
    expect(countRequestTokens(ask({ tools })) - countRequestTokens(ask())).toBeGreaterThan(
      estimateTokens(JSON.stringify(parameters)),
    );
    const call: ChatRequest['messages'][number] = {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
    };
    const round = ask({ messages: [call, { role: 'tool', tool_call_id: 'call_1', content: 'Rain, 7 degrees' }] });
    expect(countRequestTokens(round)).toBeGreaterThan(estimateTokens('weather{"city":"Oslo"}Rain, 7 degrees') + 8);
    const format = { type: 'json_schema', json_schema: { name: 'answer', schema: parameters } } as const;
    expect(countRequestTokens(ask({ response_format: format }))).toBeGreaterThan(countRequestTokens(ask()));
  });

  it('counts reasoning that goes back to the provider, and refusals', () => {
    const thought = 'First I look at the sky and then at the ground.';
    const reply = ask({
      messages: [
        {
          role: 'assistant',
          content: 'Rain.',
          reasoning_details: [{ type: 'reasoning.text', text: thought }],
          refusal: 'No.',
        },
      ],
    });
    const plain = ask({ messages: [{ role: 'assistant', content: 'Rain.' }] });
    expect(countRequestTokens(reply) - countRequestTokens(plain)).toBe(estimateTokens(thought) + estimateTokens('No.'));
  });
});
