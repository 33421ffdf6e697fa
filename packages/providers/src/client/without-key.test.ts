import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../types.ts';
import { withoutKey } from './without-key.ts';

const KEY = 'sk-proj-0123456789abcdef';
const failure = (message: string) => new ProviderError({ kind: 'transient', message, consumed: 'nothing' });
const told = (message: string, key = KEY) => {
  const error = withoutKey(failure(message), key);
  return error instanceof Error ? error.message : '';
};

describe('a message that repeats our key', () => {
  it('says so without it, however often and wherever it stands', () => {
    expect(told(`key ${KEY}, really ${KEY}`)).toBe('key [key], really [key]');
  });

  it('hides what is left of a key where the message was cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: KEY.length }), fc.string(), (length, before) => {
        expect(told(`${before}${KEY.slice(0, length)}`)).not.toContain(KEY.slice(0, 12));
      }),
    );
  });

  it('keeps a prefix that many keys share', () => {
    expect(told('keys begin with sk-proj-')).toBe('keys begin with sk-proj-');
    expect(told('no key here', 'short')).toBe('no key here');
  });
});
