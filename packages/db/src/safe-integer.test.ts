import { describe, expect, it } from 'vitest';
import { safeInteger } from './safe-integer.ts';

describe('a bigint read as a number', () => {
  it('is exact up to 2^53 - 1', () => {
    expect(safeInteger('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('is an error above, not a rounded value', () => {
    expect(() => safeInteger('9007199254740993')).toThrow(RangeError);
  });
});
