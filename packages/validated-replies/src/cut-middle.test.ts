import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutMiddle } from './cut-middle.ts';

it('leaves a short text alone, and of a long one both ends and the count of what is gone', () => {
  expect(cutMiddle('0123456789', 10, String)).toBe('0123456789');
  expect(cutMiddle('0123456789', 4, (leftOut) => `<${leftOut}>`)).toBe('01<6>89');
});

it('never splits a character, never exceeds the limit and never miscounts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
      let gone = 0;
      const cut = cutMiddle(text, limit, (leftOut) => {
        gone = leftOut;
        return '';
      });
      expect(cut.isWellFormed()).toBe(true);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(cut.length + gone).toBe(text.length);
    }),
  );
});
