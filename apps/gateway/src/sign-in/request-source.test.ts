import { describe, expect, test } from 'vitest';
import { requestSource } from './request-source.ts';

describe('where a request was made', () => {
  test.each([
    [{ 'sec-fetch-site': 'same-origin' }, 'ours'],
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://dev-server:5173' }, 'ours'],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://here' }, 'elsewhere'],
    [{ 'sec-fetch-site': 'same-site' }, 'elsewhere'],
    [{ 'sec-fetch-site': 'none' }, 'elsewhere'],
    [{ origin: 'http://here' }, 'ours'],
    [{ origin: 'https://here' }, 'elsewhere'],
    [{ origin: 'null' }, 'elsewhere'],
    [{}, 'unsaid'],
  ])('%j is %s', (headers: Record<string, string>, source) => {
    expect(requestSource((name) => headers[name], 'http://here')).toBe(source);
  });
});
