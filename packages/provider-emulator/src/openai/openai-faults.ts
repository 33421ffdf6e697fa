import type { FaultKind, ScriptedFault } from '../emulator-types.ts';
import { ProviderFault } from '../provider-fault.ts';

type Wording = { message: string; type: string; param?: string; code: string | null };

const WORDINGS: Record<FaultKind, (model: string) => Wording> = {
  rate_limit: (model) => ({
    message: `Rate limit reached for ${model} in organization org-emulated on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in 120ms.`,
    type: 'requests',
    code: 'rate_limit_exceeded',
  }),
  overloaded: () => ({
    message: 'The engine is currently overloaded, please try again later',
    type: 'service_unavailable_error',
    code: null,
  }),
  context_length: () => ({
    message:
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 130112 tokens. Please reduce the length of the messages.",
    type: 'invalid_request_error',
    param: 'messages',
    code: 'context_length_exceeded',
  }),
  content_policy: () => ({
    message:
      'Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt.',
    type: 'invalid_request_error',
    code: 'invalid_prompt',
  }),
  invalid_request: () => ({ message: 'Invalid request.', type: 'invalid_request_error', code: null }),
  invalid_key: () => ({
    message: 'Incorrect API key provided: sk-*****ated. You can find your API key in your account settings.',
    type: 'invalid_request_error',
    code: 'invalid_api_key',
  }),
  server: () => ({
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
    code: null,
  }),
  not_json: () => ({ message: '', type: 'server_error', code: null }),
};

/** The error OpenAI would send for a scripted fault. */
export function openaiScriptedFault(fault: ScriptedFault, model: string): ProviderFault {
  const kind = fault.kind ?? kindOf(fault.status);
  const wording = WORDINGS[kind](model);
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

/** OpenAI's 400 for a parameter. */
export function openaiRefusal(message: string, param: string | null, code: string | null): ProviderFault {
  return new ProviderFault(message, { status: 400, type: 'invalid_request_error', param, code });
}
