/** Every error the gateway answers with: code -> HTTP status, OpenAI's `type`, and whether a client may retry. */
export const GATEWAY_ERRORS = {
  invalid_request: { status: 400, type: 'invalid_request_error', retry: false },
  invalid_json: { status: 400, type: 'invalid_request_error', retry: false },
  missing_api_key: { status: 401, type: 'authentication_error', retry: false },
  invalid_api_key: { status: 401, type: 'authentication_error', retry: false },
  permission_denied: { status: 403, type: 'permission_error', retry: false },
  not_found: { status: 404, type: 'not_found_error', retry: false },
  model_not_found: { status: 404, type: 'invalid_request_error', retry: false },
  method_not_allowed: { status: 405, type: 'invalid_request_error', retry: false },
  conflict: { status: 409, type: 'invalid_request_error', retry: false },
  request_too_large: { status: 413, type: 'invalid_request_error', retry: false },
  no_eligible_model: { status: 422, type: 'invalid_request_error', retry: false },
  rate_limit_exceeded: { status: 429, type: 'rate_limit_error', retry: true },
  budget_exceeded: { status: 429, type: 'insufficient_quota', retry: false },
  upstream_rejected: { status: 400, type: 'invalid_request_error', retry: false },
  upstream_credentials_exhausted: { status: 502, type: 'upstream_error', retry: false },
  providers_exhausted: { status: 502, type: 'upstream_error', retry: false },
  upstream_rate_limited: { status: 429, type: 'upstream_error', retry: true },
  upstream_interrupted: { status: 502, type: 'upstream_error', retry: false },
  shutting_down: { status: 503, type: 'server_error', retry: true },
  storage_unavailable: { status: 503, type: 'server_error', retry: true },
  internal_error: { status: 500, type: 'server_error', retry: true },
} as const;
export type GatewayErrorCode = keyof typeof GATEWAY_ERRORS;

export type GatewayErrorDetails = {
  param?: string;
  retryAfterMs?: number;
  cause?: unknown;
};

/** Ends a request. Thrown by a step, turned into OpenAI's error body in one file of the gateway. */
export class GatewayError extends Error {
  readonly code: GatewayErrorCode;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  constructor(code: GatewayErrorCode, message: string, details: GatewayErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'GatewayError';
    this.code = code;
    this.param = details.param;
    this.retryAfterMs = details.retryAfterMs;
  }
}
