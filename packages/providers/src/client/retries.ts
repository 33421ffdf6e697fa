import { DelegateBackoff, handleWhen, type RetryPolicy, retry } from 'cockatiel';
import { ProviderError } from '../types.ts';

/** A provider that asks for more patience than this is slower than the next model of the plan. */
const LONGEST_WAIT_MS = 2000;
const FIRST_WAIT_MS = 200;

/** Failures after which the same model would only cost more time. */
const FINAL_CODES = new Set(['timeout', 'circuit_open', 'queue_full', 'no_key']);
const final = new WeakSet<ProviderError>();

/** Notes that the provider said not to try again. */
export function markFinal(error: ProviderError): void {
  final.add(error);
}

/** Whether the same model may be tried again after this failure. */
export function mayRetry(error: unknown): boolean {
  if (!(error instanceof ProviderError) || final.has(error) || FINAL_CODES.has(error.code ?? '')) return false;
  if (error.kind !== 'rate-limited' && error.kind !== 'transient') return false;
  return (error.retryAfterMs ?? 0) <= LONGEST_WAIT_MS;
}

/**
 * Milliseconds until try number `attempt + 1`: what the provider asked for, else doubling from 200 ms; both spread over
 * half their length by `random` in [0, 1), so that callers who failed together do not come back together.
 */
export function retryWaitMs(error: unknown, attempt: number, random: number): number {
  const asked = error instanceof ProviderError ? error.retryAfterMs : undefined;
  if (asked !== undefined) return Math.min(LONGEST_WAIT_MS * 1.25, asked * (1 + random / 4));
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (0.5 + random / 2);
}

/** Tries again up to `retries` times. */
export function retryPolicy(retries: number): RetryPolicy {
  return retry(handleWhen(mayRetry), {
    maxAttempts: retries,
    backoff: new DelegateBackoff(({ attempt, result }) =>
      retryWaitMs('error' in result ? result.error : undefined, attempt, Math.random()),
    ),
  });
}
