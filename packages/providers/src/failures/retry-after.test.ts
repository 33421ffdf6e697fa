import { describe, expect, it } from 'vitest';
import { readRetryAfter, readShouldRetry } from './retry-after.ts';

const now = Date.parse('2026-11-21T00:00:00Z');

describe('how long a provider asks us to wait', () => {
  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.25' }, 250],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after-ms': '120', 'retry-after': '9' }, 120],
    [{ 'retry-after': 'Sat, 21 Nov 2026 00:00:07 GMT' }, 7000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 00:00:00 GMT' }, 0],
    [{ 'retry-after': ['3', '4'] }, 3000],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{}, undefined],
  ])('%j is %s ms', (headers, expected) => {
    expect(readRetryAfter(headers, now)).toBe(expected);
  });

  it('reads whether trying again is wanted at all', () => {
    expect(readShouldRetry({ 'x-should-retry': 'false' })).toBe(false);
    expect(readShouldRetry({ 'x-should-retry': 'true' })).toBe(true);
    expect(readShouldRetry({})).toBeUndefined();
  });
});
