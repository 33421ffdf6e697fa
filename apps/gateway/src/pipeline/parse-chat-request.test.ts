import { GatewayError } from '@pointsman/contracts';
import { describe, expect, test } from 'vitest';
import { parseChatRequest } from './parse-chat-request.ts';

const body = (over: Record<string, unknown> = {}) =>
  JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'Hello' }], ...over });

function problem(text: string, headers = {}): GatewayError {
  try {
    parseChatRequest(text, headers);
  } catch (error) {
    if (error instanceof GatewayError) return error;
  }
  throw new Error('it was accepted');
}

describe('a chat request', () => {
  test('keeps fields nobody here knows, for providers that do', () => {
    const parsed = parseChatRequest(
      body({ some_new_field: { deep: [1] }, messages: [{ role: 'user', content: 'x', odd: true }] }),
    );
    expect(parsed.request).toMatchObject({ some_new_field: { deep: [1] }, messages: [{ odd: true }] });
  });

  test("never sends upstream what is meant for the gateway: its own object and OpenRouter's extras", () => {
    const parsed = parseChatRequest(
      body({ pointsman: { session: 's' }, models: ['a/b'], provider: { only: ['groq'], max_price: { prompt: 1 } } }),
    );
    expect(Object.keys(parsed.request)).toEqual(['model', 'messages']);
    expect(parsed).toMatchObject({ modelOrder: ['a/b'], providers: { only: ['groq'] }, maxPrice: { prompt: 1 } });
  });

  test('reads every option from a header, and the header wins over the body', () => {
    const parsed = parseChatRequest(body({ pointsman: { max_cost_usd: 1, session: 'body' } }), {
      max_cost_usd: '0.002',
      min_score: 'overall=0.8,tone=0.5',
      max_latency_ms: '900',
      models: 'openai/*, groq/x',
      tags: 'team=search,env=prod',
    });
    expect(parsed.options).toEqual({
      max_cost_usd: 0.002,
      min_score: { overall: 0.8, tone: 0.5 },
      max_latency_ms: 900,
      models: ['openai/*', 'groq/x'],
      tags: { team: 'search', env: 'prod' },
      session: 'body',
    });
  });

  test('says where the JSON broke', () => {
    expect(problem('{"model": ')).toMatchObject({
      code: 'invalid_json',
      message: expect.stringContaining('not valid JSON'),
    });
  });

  test('names the field and what is wrong with it', () => {
    expect(problem(body({ temperature: 9 }))).toMatchObject({ code: 'invalid_request', param: 'temperature' });
    expect(problem(body({ messages: [{ role: 'user', content: 7 }] })).param).toBe('messages.0.content');
    expect(problem(body({ messages: [] })).param).toBe('messages');
  });

  test('names the header that could not be read', () => {
    expect(problem(body(), { max_cost_usd: 'cheap' })).toMatchObject({ param: 'x-pointsman-max-cost-usd' });
    expect(problem(body(), { min_score: 'speed=1' })).toMatchObject({ param: 'x-pointsman-min-score' });
  });

  test('refuses a misspelt option of ours rather than ignoring it', () => {
    expect(problem(body({ pointsman: { max_costs: 1 } })).message).toContain('max_costs');
  });
});
