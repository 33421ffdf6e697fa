import { shorten } from '../failures/describe-failure.ts';
import { ProviderError } from '../types.ts';

/**
 * A failure of the connection or of the bytes on it, as a `ProviderError`. Anything without a system's error code, a bug
 * of ours, is returned as it is. `sent`: whether the request had gone out.
 */
export function describeNetworkFailure(error: unknown, sent: boolean): unknown {
  if (error instanceof ProviderError) return error;
  const consumed = sent ? 'perhaps' : 'nothing';
  if (error instanceof RangeError) {
    return new ProviderError({
      kind: 'unsuitable',
      message: error.message,
      code: 'unreadable_reply',
      consumed,
      cause: error,
    });
  }
  const code = codeOf(error);
  if (!(error instanceof Error) || code === undefined) return error;
  return new ProviderError({
    kind: 'transient',
    message: shorten(`network: ${code}: ${error.message}`),
    code,
    consumed,
    cause: error,
  });
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // undici gives what its parser refuses this name, and no code where the parser has none.
  if (error.name === 'HTTPParserError') return 'HPE_INVALID';
  // A host with several addresses fails with one error per address.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}
