import type { FaultKind, ScriptedFault } from '../emulator-types.ts';
import { ProviderFault } from '../provider-fault.ts';

type Wording = { message: string; type: string };

const WORDINGS: Record<FaultKind, Wording> = {
  rate_limit: {
    message: 'This request would exceed the rate limit for your organization of 50 requests per minute.',
    type: 'rate_limit_error',
  },
  overloaded: { message: 'Overloaded', type: 'overloaded_error' },
  context_length: { message: 'prompt is too long: 213462 tokens > 200000 maximum', type: 'invalid_request_error' },
  content_policy: { message: 'Output blocked by content filtering policy', type: 'invalid_request_error' },
  invalid_request: { message: 'Invalid request', type: 'invalid_request_error' },
  invalid_key: { message: 'invalid x-api-key', type: 'authentication_error' },
  server: { message: 'Internal server error', type: 'api_error' },
  not_json: { message: '', type: 'api_error' },
};

/** The error Anthropic would send for a scripted fault. */
export function anthropicScriptedFault(fault: ScriptedFault): ProviderFault {
  const kind = fault.kind ?? kindOf(fault.status);
  const wording = WORDINGS[kind];
  return new ProviderFault(fault.message ?? wording.message, {
    status: fault.status,
    type: wording.type,
    retryAfterSeconds: fault.retryAfterSeconds,
    page: kind === 'not_json',
  });
}

function kindOf(status: number): FaultKind {
  if (status === 401 || status === 403) return 'invalid_key';
  if (status === 429) return 'rate_limit';
  if (status === 529 || status === 503) return 'overloaded';
  return status >= 500 ? 'server' : 'invalid_request';
}

/** Anthropic's 400; a message names the place it is about. */
export function anthropicRefusal(message: string): ProviderFault {
  return new ProviderFault(message, { status: 400, type: 'invalid_request_error' });
}
