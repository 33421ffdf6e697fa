import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import counts from '../test/token-counts.json' with { type: 'json' };
import { estimateTokens } from './index.ts';

describe('estimateTokens', () => {
  // Counted with o200k_base by gpt-tokenizer 3; the texts were written for this test.
  const tight = ['English prose', 'English mathematics', 'TypeScript', 'Python', 'JSON'];

  it.each(counts.filter(({ name }) => tight.includes(name)))(
    'is within 8 % of o200k_base on $name',
    ({ text, tokens }) => {
      expect(Math.abs(estimateTokens(text) / tokens - 1)).toBeLessThan(0.08);
    },
  );

  it.each(counts.filter(({ name }) => !tight.includes(name)))(
    'is within 20 % of o200k_base on $name',
    ({ text, tokens }) => {
      expect(Math.abs(estimateTokens(text) / tokens - 1)).toBeLessThan(0.2);
    },
  );

  it('is 0 for nothing only', () => {
    expect(estimateTokens('')).toBe(0);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), (text) => {
        const tokens = estimateTokens(text);
        expect(Number.isSafeInteger(tokens) && tokens >= 1).toBe(true);
        // No tokeniser needs more than a token for a byte.
        expect(tokens).toBeLessThanOrEqual(3 * Buffer.byteLength(text) + 1);
      }),
    );
  });

  it('grows with the text', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 100 });
    fc.assert(fc.property(texts, texts, (text, more) => estimateTokens(text + more) >= estimateTokens(text)));
  });

  it('counts base64 by its length, not as one long word', () => {
    expect(estimateTokens('QmFzZTY0'.repeat(100))).toBeGreaterThan(300);
  });
});
