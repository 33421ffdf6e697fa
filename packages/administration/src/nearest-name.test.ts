import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('nearestName', () => {
  it.each([
    ['gorq', 'groq'],
    ['of', 'off'],
    ['loglevel', 'logLevel'],
    ['anthropc', 'anthropic'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearestName(word, ['openai', 'groq', 'logLevel', 'on', 'off', 'anthropic'])).toBe(meant);
  });

  it('guesses nothing when no candidate is near', () => {
    expect(nearestName('xyz', ['openai', 'groq'])).toBeUndefined();
    expect(nearestName('xyz', [])).toBeUndefined();
  });

  it('takes the nearest of several', () => {
    expect(nearestName('gpt-4o', ['gpt-4o-mini', 'gpt-4', 'gpt-4o'])).toBe('gpt-4o');
  });
});
