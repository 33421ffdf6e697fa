import type { ChatRequest } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cacheKey, canonicalJson } from './cache-key.ts';

const request: ChatRequest = {
  model: 'auto',
  messages: [{ role: 'user', content: 'Why is the sky blue?' }],
  temperature: 0,
  tools: [{ type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: { q: {} } } } }],
};
const key = (changes: Partial<ChatRequest> = {}) => cacheKey('cli_1', 'auto/default', { ...request, ...changes });

describe('cache key', () => {
  it.each<[string, Partial<ChatRequest>]>([
    ['stream', { stream: true, stream_options: { include_usage: true } }],
    ['user', { user: 'u1' }],
    ['metadata', { metadata: { trace: '1' } }],
    ['store', { store: true }],
    ['the model’s spelling, which the route names', { model: 'auto/default' }],
    ['prompt_cache_key', { prompt_cache_key: 'k' }],
    [
      'session, tags, end user and cache of the request options',
      { pointsman: { session: 's', tags: { a: '1' }, end_user: 'e', cache: 'on' } },
    ],
    ['nulls', { top_p: null, tool_choice: null }],
  ])('does not depend on %s', (_, changes) => {
    expect(key(changes)).toBe(key());
  });

  it.each<[string, Partial<ChatRequest>]>([
    ['messages', { messages: [{ role: 'user', content: 'Why is the sky blue??' }] }],
    ['temperature', { temperature: 0.5 }],
    ['seed', { seed: 7 }],
    ['n', { n: 2 }],
    ['response format', { response_format: { type: 'json_object' } }],
    ['max_completion_tokens', { max_completion_tokens: 5 }],
    ['minimum score', { pointsman: { min_score: 0.9 } }],
    ['allowed models', { pointsman: { models: ['openai/*'] } }],
    ['region', { pointsman: { region: 'eu' } }],
    ['fields the gateway does not know', { guided_regex: 'a+' }],
    ['tools', { tools: [] }],
  ])('depends on %s', (_, changes) => {
    expect(key(changes)).not.toBe(key());
  });

  it('never joins two clients or two routes', () => {
    expect(cacheKey('cli_2', 'auto/default', request)).not.toBe(key());
    expect(cacheKey('cli_1', 'auto/other', request)).not.toBe(key());
    expect(key()).toMatch(/^cli_1:[\w-]{43}$/);
  });

  it('is the same for equal values in any order of keys, and different for different values', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, field]) => [name, shuffled(field)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(canonicalJson(shuffled(a))).toBe(canonicalJson(a));
        expect(JSON.parse(canonicalJson(a))).toEqual(JSON.parse(JSON.stringify(a)));
        if (canonicalJson(a) === canonicalJson(b))
          expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
      }),
    );
  });
});
