import { expect, it } from 'vitest';
import { readAnthropicLimits } from './read-anthropic-limits.ts';

it('reads Anthropic’s limits, each unit apart, against the clock it is given', () => {
  const nowMs = Date.parse('2026-11-21T10:00:00Z');
  expect(
    readAnthropicLimits(
      {
        'anthropic-ratelimit-requests-limit': '4000',
        'anthropic-ratelimit-requests-remaining': '3999',
        'anthropic-ratelimit-requests-reset': '2026-11-21T10:00:02Z',
        'anthropic-ratelimit-output-tokens-limit': '80000',
        'anthropic-ratelimit-output-tokens-remaining': '0',
        'anthropic-ratelimit-output-tokens-reset': 'later',
        'anthropic-ratelimit-input-tokens-limit': '400000',
      },
      nowMs,
    ),
  ).toEqual([
    { unit: 'requests', limit: 4000, remaining: 3999, resetMs: 2000 },
    { unit: 'output-tokens', limit: 80_000, remaining: 0, resetMs: undefined },
  ]);
});
