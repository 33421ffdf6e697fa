import { describe, expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

const nested = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
const fields = (count: number) => `{${Array.from({ length: count }, (_, i) => `"k${i}":1`).join(',')}}`;

describe('a request body', () => {
  test('may be as deep and as wide as requests are', () => {
    expect(parseJson(nested(200))).toBeInstanceOf(Array);
    expect(parseJson(fields(10_000))).toHaveProperty('k9999', 1);
    expect(parseJson('null')).toBeNull();
  });

  test.each([
    ['is nested so deep that copying it would overflow the stack', nested(100_000), /levels deep/],
    ['has an object of more fields than anybody would write', fields(10_001), /10001 fields/],
    ['has too many fields in all', `[${Array.from({ length: 30 }, () => fields(9_000)).join(',')}]`, /250000 fields/],
  ])('is refused when it %s', (_what, text, message) => {
    expect(() => parseJson(text)).toThrow(
      expect.objectContaining({ code: 'invalid_request', message: expect.stringMatching(message) }),
    );
  });

  test('is refused when it is not JSON', () => {
    expect(() => parseJson('{')).toThrow(expect.objectContaining({ code: 'invalid_json' }));
  });
});
