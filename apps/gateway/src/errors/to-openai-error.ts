import { GATEWAY_ERRORS, GatewayError } from '@pointsman/contracts';

export type OpenAiError = { status: number; headers: Record<string, string>; body: string };

/** The one place where an error becomes a status, headers and OpenAI's error body. */
export function toOpenAiError(error: unknown): OpenAiError {
  const known =
    error instanceof GatewayError
      ? error
      : new GatewayError('internal_error', 'The gateway failed on this request. It has been logged.');
  const { status, type, retry } = GATEWAY_ERRORS[known.code];
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  // Official clients retry 408, 409, 429 and 5xx unless told otherwise.
  if (!retry && (status === 409 || status === 429 || status >= 500)) headers['x-should-retry'] = 'false';
  if (known.retryAfterMs !== undefined) {
    headers['retry-after'] = String(Math.max(1, Math.ceil(known.retryAfterMs / 1000)));
    headers['retry-after-ms'] = String(Math.max(1, Math.ceil(known.retryAfterMs)));
  }
  const body = JSON.stringify({
    error: { message: known.message, type, param: known.param ?? null, code: known.code },
  });
  return { status, headers, body };
}
