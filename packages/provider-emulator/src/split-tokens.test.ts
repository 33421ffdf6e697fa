import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countTokens, splitIntoChunks, splitTokens } from './split-tokens.ts';

const anyText = fc.string({ unit: 'binary' });

describe('splitTokens', () => {
  test('loses no character of any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(splitTokens(text).join('')).toBe(text);
      }),
    );
  });

  test('counts words and signs', () => {
    expect(splitTokens('Hello, my friend!')).toEqual(['Hello', ',', ' my', ' friend', '!']);
    expect(countTokens('')).toBe(0);
  });
});

describe('splitIntoChunks', () => {
  test('gives exactly the pieces asked for, as long as the text has so many characters', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
        fc.integer({ min: 1, max: 50 }),
        (text, count) => {
          const chunks = splitIntoChunks(text, count);
          expect(chunks.join('')).toBe(text);
          expect(chunks).toHaveLength(Math.min(count, text.length));
          expect(chunks).not.toContain('');
        },
      ),
    );
  });
});
