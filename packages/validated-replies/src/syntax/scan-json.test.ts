import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson, skipSpace } from './scan-json.ts';

const problemOf = (text: string) => {
  const scan = scanJson(text, 0);
  return 'problem' in scan ? scan.problem : undefined;
};

describe('scanning JSON', () => {
  it('finds the end of whatever JSON.stringify writes, however it is indented', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(scanJson(text, 0)).toEqual({ end: text.length });
      }),
    );
  });

  it('takes nothing that JSON.parse refuses, wherever a text is damaged', () => {
    const damaged = fc
      .tuple(fc.jsonValue(), fc.nat(), fc.nat({ max: 2 }), fc.constantFrom('', ',', '"', '}', "'", '\\', '01', '\n'))
      .map(([value, at, gone, instead]) => {
        const text = JSON.stringify(value);
        const start = at % (text.length + 1);
        return text.slice(0, start) + instead + text.slice(start + gone);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        const scan = scanJson(text, skipSpace(text, 0));
        if ('end' in scan) expect(() => JSON.parse(text.slice(0, scan.end))).not.toThrow();
        else if (!scan.problem.message.includes('stands twice')) expect(() => JSON.parse(text)).toThrow(SyntaxError);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"a": 1,}', 7, /trailing comma before }/],
    ['[1, 2,\n]', 5, /trailing comma before \]/],
    ['{"a" 1}', 5, /wanted a colon after the name, got "1"/],
    ["{'a': 1}", 1, /wanted a name in double quotes.*straight double quotes/],
    ['{“a”: 1}', 1, /straight double quotes/],
    ['{a: 1}', 1, /wanted a name in double quotes, got "a"/],
    ['{"a": True}', 6, /got "True" \(JSON knows only true/],
    ['{"a": NaN}', 6, /JSON knows only/],
    ['{"a": 01}', 6, /JSON numbers/],
    ['{"a": .5}', 6, /JSON numbers/],
    ['{"a": 1 "b": 2}', 8, /wanted a comma or }/],
    ['{"a": 1 // one\n}', 8, /no comments/],
    ['{"a": "x\ny"}', 8, /raw line break inside a string/],
    ['{"a": "\\x"}', 7, /is no JSON escape/],
    ['{"a": "he said "no" to it"}', 16, /wanted a comma or }, got "no" \(a quote inside a string is written \\"\)/],
    ['{"a": 1, "a": 2}', 9, /"a" stands twice/],
    ['{"a": 1, "\\u0061": 2}', 9, /"a" stands twice/],
    ['["a", ...]', 6, /nothing may be left out/],
  ])('says of %j what is wrong at %i', (text, at, message) => {
    expect(problemOf(text)).toEqual({ at, message: expect.stringMatching(message), opened: undefined });
  });

  it('says of a text that ends too soon what is still open', () => {
    expect(problemOf('{"a": [1, 2')).toMatchObject({ at: 11, opened: 6 });
    expect(problemOf('{"a": "x')).toMatchObject({ message: 'the text ends inside a string', opened: 6 });
    expect(problemOf('{"a":')).toMatchObject({ message: 'the text ends where a value should stand', opened: 0 });
  });

  it('refuses nesting that no reply needs instead of overflowing', () => {
    expect(problemOf('['.repeat(100_000))).toMatchObject({ at: 100, message: 'nested deeper than 100 levels' });
  });
});
