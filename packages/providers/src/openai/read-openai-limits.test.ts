import { describe, expect, it } from 'vitest';
import { readDuration, readOpenAiLimits } from './read-openai-limits.ts';

describe('OpenAI rate limit headers', () => {
  it('are read for requests and tokens', () => {
    expect(
      readOpenAiLimits({
        'x-ratelimit-limit-requests': '10000',
        'x-ratelimit-remaining-requests': '9990',
        'x-ratelimit-reset-requests': '60ms',
        'x-ratelimit-limit-tokens': '2000000',
        'x-ratelimit-remaining-tokens': '1000000',
        'x-ratelimit-reset-tokens': '30s',
      }),
    ).toEqual([
      { unit: 'requests', limit: 10_000, remaining: 9_990, resetMs: 60 },
      { unit: 'tokens', limit: 2_000_000, remaining: 1_000_000, resetMs: 30_000 },
    ]);
  });

  it('are left out where a part is missing or is no number', () => {
    expect(readOpenAiLimits({ 'x-ratelimit-limit-requests': '10', 'x-ratelimit-remaining-requests': 'many' })).toEqual(
      [],
    );
    expect(readOpenAiLimits({ 'x-ratelimit-limit-tokens': '' })).toEqual([]);
  });

  it.each([
    ['6ms', 6],
    ['1m30.5s', 90_500],
    ['1h0m1s', 3_601_000],
    ['2d', 172_800_000],
    ['12', 12_000],
    ['0.5', 500],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('say %s until the reset', (text, ms) => {
    expect(readDuration(text)).toBe(ms);
  });
});
