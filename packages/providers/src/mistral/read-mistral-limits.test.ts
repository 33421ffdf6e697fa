import { expect, it } from 'vitest';
import { readMistralLimits } from './read-mistral-limits.ts';

it('reads Mistral’s limits of a minute, and leaves out what is incomplete', () => {
  expect(
    readMistralLimits({
      'x-ratelimit-limit-req-minute': '720',
      'x-ratelimit-remaining-req-minute': '717',
      'x-ratelimit-limit-tokens-minute': '5000000',
    }),
  ).toEqual([{ unit: 'requests', limit: 720, remaining: 717, resetMs: undefined }]);
});
