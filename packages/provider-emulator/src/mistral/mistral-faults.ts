import type { FaultKind, ScriptedFault } from '../emulator-types.ts';
import { ProviderFault } from '../provider-fault.ts';

type Wording = { message: string; type: string; code: string | null };

const WORDINGS: Record<FaultKind, Wording> = {
  rate_limit: { message: 'Rate limit exceeded', type: 'rate_limited', code: '1300' },
  overloaded: {
    message: 'Service tier capacity exceeded for this model.',
    type: 'service_tier_capacity_exceeded',
    code: '3505',
  },
  context_length: {
    message: 'Prompt contains 140112 tokens and 0 draft tokens, too large for model with 131072 maximum context length',
    type: 'invalid_request_prompt',
    code: '3051',
  },
  content_policy: {
    message: 'The request was blocked by a content guardrail.',
    type: 'invalid_request_guardrail',
    code: '3900',
  },
  invalid_request: { message: 'Invalid request.', type: 'invalid_request_error', code: null },
  invalid_key: { message: 'Unauthorized', type: 'unauthorized', code: null },
  server: { message: 'Service unavailable.', type: 'internal_server_error', code: '1000' },
  not_json: { message: '', type: 'internal_server_error', code: null },
};

/** The error Mistral would send for a scripted fault. */
export function mistralScriptedFault(fault: ScriptedFault): ProviderFault {
  const kind = fault.kind ?? kindOf(fault.status);
  const wording = WORDINGS[kind];
  return new ProviderFault(fault.message ?? wording.message, {
    ...wording,
    status: fault.status,
    retryAfterSeconds: fault.retryAfterSeconds,
    page: kind === 'not_json',
  });
}

function kindOf(status: number): FaultKind {
  if (status === 401 || status === 403) return 'invalid_key';
  if (status === 429) return 'rate_limit';
  if (status === 503) return 'overloaded';
  return status >= 500 ? 'server' : 'invalid_request';
}

/** Mistral's 400 for a request that is well-formed and makes no sense. */
export function mistralRefusal(message: string, type: string, code: string | null): ProviderFault {
  return new ProviderFault(message, { status: 400, type, code });
}

/** One complaint of Mistral's schema check. */
export type MistralComplaint = { type: string; loc: readonly (string | number)[]; msg: string; input: unknown };

/** Mistral's 422 for a request that its schema refuses. */
export function mistralInvalid(detail: readonly MistralComplaint[]): ProviderFault {
  return new ProviderFault(detail[0]?.msg ?? 'Invalid request', { status: 422, type: 'invalid_request_error', detail });
}
