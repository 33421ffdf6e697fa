import { GatewayError } from '@pointsman/contracts';
import type { DecisionDraft } from './decision-draft.ts';

/** Completes the record of a request that ends in an error, and returns the error to throw. */
export function endRefused(draft: DecisionDraft, error: unknown): GatewayError {
  const known = error instanceof GatewayError ? error : unexpected(error);
  const failed = UPSTREAM.has(known.code) || known.code === 'internal_error';
  draft.complete({ outcome: failed ? 'failed' : 'refused', error: known });
  return known;
}

/** Errors after a provider was called; the request failed, it was not refused. */
const UPSTREAM = new Set<string>([
  'upstream_rejected',
  'upstream_credentials_exhausted',
  'providers_exhausted',
  'upstream_rate_limited',
  'upstream_interrupted',
]);

const unexpected = (cause: unknown) =>
  new GatewayError('internal_error', 'The gateway failed on this request. It has been logged.', { cause });
