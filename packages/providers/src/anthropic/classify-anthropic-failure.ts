import type { FailureKind } from '@pointsman/contracts';
import { classifyStatus } from '../failures/classify-status.ts';
import { readErrorFields } from '../failures/describe-failure.ts';
import { objectOf, textOf } from '../json-value.ts';
import type { ClassifiedFailure, ProviderFailure } from '../wire-format.ts';

const BY_TYPE: Record<string, FailureKind> = {
  authentication_error: 'misconfigured',
  billing_error: 'misconfigured',
  permission_error: 'misconfigured',
  not_found_error: 'misconfigured',
  request_too_large: 'unsuitable',
  timeout_error: 'transient',
  api_error: 'transient',
  overloaded_error: 'transient',
  conflict_error: 'transient',
};

/** Classifies by Anthropic's error type; `invalid_request_error` and rate limits also by what the message says. */
export function classifyAnthropicFailure(failure: ProviderFailure): ClassifiedFailure {
  const { message, type, param } = readErrorFields(failure.body);
  const errorCode = textOf(objectOf(objectOf(objectOf(failure.body).error).details).error_code);
  const kind =
    BY_TYPE[type ?? ''] ??
    classifyStatus(failure.status ?? statusOf(type), `${type ?? ''} ${errorCode ?? ''} ${message}`);
  return { kind, message, code: errorCode ?? type, param: param ?? fieldIn(message) };
}

function statusOf(type: string | undefined): number | undefined {
  if (type === 'rate_limit_error') return 429;
  return type === 'invalid_request_error' ? 400 : undefined;
}

/** Validation messages begin with the field: `messages.0.content: ...`. */
function fieldIn(message: string): string | undefined {
  return /^([a-z_]+(?:\.[a-z0-9_]+)*): /.exec(message)?.[1];
}
