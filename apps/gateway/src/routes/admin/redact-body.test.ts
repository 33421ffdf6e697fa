import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactBody } from './redact-body.ts';

describe('what the log keeps of a body', () => {
  test('is everything but secrets and what people wrote', () => {
    const body = {
      name: 'acme',
      password: 'p',
      newPassword: 'p',
      client_secret: 's',
      apiKey: 'k',
      token: { inside: 't' },
      limits: { tokensPerMinute: 5, maxTokens: 7 },
      messages: [{ role: 'user', content: 'my diagnosis' }],
      prompt: 'my diagnosis',
      input: 3,
    };
    expect(redactBody(body)).toEqual({
      name: 'acme',
      password: '[removed]',
      newPassword: '[removed]',
      client_secret: '[removed]',
      apiKey: '[removed]',
      token: '[removed]',
      limits: { tokensPerMinute: 5, maxTokens: 7 },
      messages: '[content]',
      prompt: '[12 characters]',
      input: 3,
    });
  });

  test('is cut where it is long, wide or deep', () => {
    const deep = { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } };
    expect(JSON.stringify(redactBody(deep))).toContain('[nested]');
    expect(redactBody({ name: 'x'.repeat(1000) })).toEqual({ name: `${'x'.repeat(300)}…` });
    expect(redactBody(Array.from({ length: 60 }, () => 0))).toHaveLength(51);
    expect(redactBody(Array.from({ length: 49 }, () => Array(49).fill('x'.repeat(200))))).toMatch(/^\[\d+ bytes\]$/);
    expect(redactBody(undefined)).toBeUndefined();
  });

  test('never holds a password, wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 5 }), (path) => {
        const body = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), { password: 'hush-hush' });
        expect(JSON.stringify(redactBody(body))).not.toContain('hush-hush');
      }),
    );
  });
});
