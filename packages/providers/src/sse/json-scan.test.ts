import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCharsWithin, countStringChars, findValue, hasValue } from './json-scan.ts';

const latin1 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('latin1');

describe('scanning JSON without parsing it', () => {
  it('counts the characters of any string, whatever is escaped in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const text = latin1({ content: value });
        // JSON.stringify writes a lone surrogate as one escape and a pair as one character.
        expect(countStringChars(text, findValue(text, '"content":'))).toBe([...value].length);
      }),
    );
  });

  it('never mistakes words inside a string for a key', () => {
    fc.assert(
      fc.property(fc.constantFrom('usage', 'error', 'finish_reason'), (key) => {
        const text = latin1({ content: `he said {"${key}":1}` });
        expect(hasValue(text, `"${key}":`)).toBe(false);
      }),
    );
  });

  it('tells null from a value, with and without a space', () => {
    expect(hasValue('{"usage":null}', '"usage":')).toBe(false);
    expect(hasValue('{"usage": null}', '"usage":')).toBe(false);
    expect(hasValue('{"usage": {}}', '"usage":')).toBe(true);
    expect(hasValue('{}', '"usage":')).toBe(false);
  });

  it('refuses a range that is not inside one string', () => {
    expect(countCharsWithin('ab\\"c', 0, 5)).toBe(4);
    expect(countCharsWithin('ab"c', 0, 4)).toBe(-1);
    expect(countCharsWithin('ab\\', 0, 3)).toBe(-1);
  });
});
