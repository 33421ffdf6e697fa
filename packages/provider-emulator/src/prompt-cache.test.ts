import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAnthropicChat } from './anthropic/parse-anthropic-chat.ts';
import { parseMistralChat } from './mistral/parse-mistral-chat.ts';
import { parseOpenaiChat } from './openai/parse-openai-chat.ts';
import { createPromptCache } from './prompt-cache.ts';

const words = (count: number, word = 'word'): string => Array.from({ length: count }, () => word).join(' ');
const openai = (system: string, question: string) =>
  parseOpenaiChat({
    model: 'gpt-4o-mini',
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: question },
    ],
  });
const anthropic = (system: string, question: string, marked = true, model = 'claude-sonnet-4-5') =>
  parseAnthropicChat({
    model,
    max_tokens: 10,
    system: [{ type: 'text', text: system, ...(marked ? { cache_control: { type: 'ephemeral' } } : {}) }],
    messages: [{ role: 'user', content: question }],
  });

describe('the automatic prompt cache', () => {
  test('reads a repeated long prefix in steps of 128 tokens, and writes for nothing', () => {
    const cache = createPromptCache();
    const first = cache.account(openai(words(2000), 'one'));
    const second = cache.account(openai(words(2000), 'two'));
    expect(first).toEqual({ cachedInputTokens: 0, cacheWriteTokens: 0 });
    expect(second).toEqual({ cachedInputTokens: 1920, cacheWriteTokens: 0 });
  });

  test('reads in steps of 64 tokens at Mistral', () => {
    const cache = createPromptCache();
    const ask = parseMistralChat({ model: 'mistral-small-latest', messages: [{ role: 'user', content: words(1100) }] });
    cache.account(ask);
    expect(cache.account(ask).cachedInputTokens).toBe(1088);
  });

  test('never reads a prefix shorter than 1,024 tokens', () => {
    const cache = createPromptCache();
    cache.account(openai(words(1000), 'one'));
    expect(cache.account(openai(words(1000), 'one')).cachedInputTokens).toBe(0);
  });

  test('reads only as far as two prompts agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), (agreed) => {
        const cache = createPromptCache();
        cache.account(openai(`${words(agreed)} ${words(1500, 'left')}`, 'x'));
        const { cachedInputTokens } = cache.account(openai(`${words(agreed)} ${words(1500, 'right')}`, 'x'));
        expect(cachedInputTokens).toBe(agreed < 1024 ? 0 : Math.floor(agreed / 128) * 128);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the marked prompt cache', () => {
  test('writes at the first marked request and reads at the second', () => {
    const cache = createPromptCache();
    expect(cache.account(anthropic(words(2000), 'one'))).toEqual({ cachedInputTokens: 0, cacheWriteTokens: 2000 });
    expect(cache.account(anthropic(words(2000), 'two'))).toEqual({ cachedInputTokens: 2000, cacheWriteTokens: 0 });
  });

  test('neither writes nor reads without a mark, nor for another model', () => {
    const cache = createPromptCache();
    cache.account(anthropic(words(2000), 'one'));
    const none = { cachedInputTokens: 0, cacheWriteTokens: 0 };
    expect(cache.account(anthropic(words(2000), 'one', false))).toEqual(none);
    expect(cache.account(anthropic(words(2000), 'one', true, 'claude-opus-4-5')).cachedInputTokens).toBe(0);
  });

  test('reads an earlier mark when the mark has moved on', () => {
    const cache = createPromptCache();
    const turn = (text: string, marked: boolean) => ({
      type: 'text',
      text,
      ...(marked ? { cache_control: { type: 'ephemeral' } } : {}),
    });
    const ask = (blocks: object[]) =>
      parseAnthropicChat({ model: 'claude-sonnet-4-5', max_tokens: 10, messages: [{ role: 'user', content: blocks }] });
    cache.account(ask([turn(words(1500), true)]));
    const { cachedInputTokens, cacheWriteTokens } = cache.account(
      ask([turn(words(1500), false), turn(words(500), true)]),
    );
    expect({ cachedInputTokens, cacheWriteTokens }).toEqual({ cachedInputTokens: 1500, cacheWriteTokens: 500 });
  });
});
