import { GATEWAY_ERRORS, GatewayError, type GatewayErrorCode } from '@pointsman/contracts';
import { describe, expect, test } from 'vitest';
import { toOpenAiError } from './to-openai-error.ts';

describe('an error on its way out', () => {
  test.each(Object.keys(GATEWAY_ERRORS) as GatewayErrorCode[])("%s has OpenAI's shape and its own status", (code) => {
    const { status, body } = toOpenAiError(new GatewayError(code, 'why', { param: 'model' }));
    expect(status).toBe(GATEWAY_ERRORS[code].status);
    expect(JSON.parse(body)).toEqual({
      error: { message: 'why', type: GATEWAY_ERRORS[code].type, param: 'model', code },
    });
  });

  test('an exhausted budget tells clients not to retry, and when the window resets', () => {
    const { status, headers } = toOpenAiError(new GatewayError('budget_exceeded', 'spent', { retryAfterMs: 90_500 }));
    expect(status).toBe(429);
    expect(headers).toMatchObject({ 'x-should-retry': 'false', 'retry-after': '91' });
  });

  test('a rate limit may be retried', () => {
    expect(toOpenAiError(new GatewayError('rate_limit_exceeded', 'slow')).headers).not.toHaveProperty('x-should-retry');
  });

  test('what nobody expected says nothing of its inside', () => {
    const { status, body } = toOpenAiError(new Error('password=hunter2'));
    expect(status).toBe(500);
    expect(body).not.toContain('hunter2');
  });
});
