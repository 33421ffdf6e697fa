import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  handleWhen,
  SamplingBreaker,
} from 'cockatiel';
import { ProviderError } from '../types.ts';

/** A circuit opens when more than half of the calls of half a minute fail, and there were at least five. */
const WINDOW_MS = 30_000;
const FAILING_SHARE = 0.5;
const LEAST_CALLS = 5;
/** After this the next call goes through as a probe. */
const PROBE_AFTER_MS = 10_000;

type Circuit = { provider: string; modelId: string; policy: CircuitBreakerPolicy; openedAtMs: number | undefined };

/** Our own queue was full, or our caller did not read: nothing that the provider did. */
const NOT_THE_PROVIDER = new Set(['queue_full', 'slow_reader']);

/** Refusals of the request itself say nothing about the provider's health; neither does a caller who hangs up. */
function countsAgainst(error: unknown): boolean {
  if (!(error instanceof ProviderError) || NOT_THE_PROVIDER.has(error.code ?? '')) return false;
  return error.kind !== 'rejected' && error.kind !== 'unsuitable';
}

/** One circuit breaker per provider and model. */
export class Breakers {
  readonly #circuits = new Map<string, Circuit>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Runs one attempt; throws a `ProviderError` with code `circuit_open` at once while the circuit is open. */
  async run<T>(provider: string, modelId: string, attempt: () => Promise<T>): Promise<T> {
    const { policy } = this.#circuitFor(provider, modelId);
    // Cockatiel lets others wait for a probe; a fallback is faster than a provider that may be down.
    if (policy.state === CircuitState.HalfOpen) throw circuitOpen(modelId, policy);
    try {
      return await policy.execute(attempt);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? circuitOpen(modelId, policy) : error;
    }
  }

  /** Counts a stream that failed after its first part, which `run` had already taken for a success. */
  recordLateFailure(provider: string, modelId: string, failure: ProviderError): void {
    const { policy } = this.#circuitFor(provider, modelId);
    if (policy.state !== CircuitState.Closed) return;
    policy.execute(() => Promise.reject(failure)).catch(() => undefined);
  }

  /** False while open and not yet due for a probe: a due one must be offered calls, or it could never close. */
  isHealthy(provider: string, modelId: string): boolean {
    const circuit = this.#circuits.get(keyOf(provider, modelId));
    if (circuit === undefined || circuit.policy.state === CircuitState.Closed) return true;
    if (circuit.policy.state === CircuitState.HalfOpen) return false;
    return circuit.openedAtMs !== undefined && this.#now() - circuit.openedAtMs >= PROBE_AFTER_MS;
  }

  list(): { provider: string; modelId: string; state: string }[] {
    return [...this.#circuits.values()].map(({ provider, modelId, policy }) => ({
      provider,
      modelId,
      state: nameOf(policy.state),
    }));
  }

  #circuitFor(provider: string, modelId: string): Circuit {
    const key = keyOf(provider, modelId);
    const known = this.#circuits.get(key);
    if (known !== undefined) return known;
    const policy = circuitBreaker(handleWhen(countsAgainst), {
      halfOpenAfter: PROBE_AFTER_MS,
      breaker: new SamplingBreaker({
        threshold: FAILING_SHARE,
        duration: WINDOW_MS,
        minimumRps: LEAST_CALLS / (WINDOW_MS / 1000),
      }),
    });
    const circuit: Circuit = { provider, modelId, policy, openedAtMs: undefined };
    policy.onBreak(() => {
      circuit.openedAtMs = this.#now();
    });
    this.#circuits.set(key, circuit);
    return circuit;
  }
}

function keyOf(provider: string, modelId: string): string {
  return `${provider}\n${modelId}`;
}

/** How the message of a call begins that was never made, because its circuit was open. */
const HELD_BACK = 'circuit open: ';

/** Whether a failure's message says that the circuit was open: the provider was not asked. */
export const isHeldBack = (message: string | undefined): boolean => message?.startsWith(HELD_BACK) === true;

/**
 * Of the kind of the failure that opened it, so that a refused key is still told as a refused key. Not in its words: they
 * may quote a reply that was another caller's.
 */
function circuitOpen(modelId: string, policy: CircuitBreakerPolicy): ProviderError {
  const { lastFailure } = policy;
  const last = lastFailure !== undefined && 'error' in lastFailure ? lastFailure.error : undefined;
  const kind = last instanceof ProviderError ? last.kind : 'transient';
  return new ProviderError({
    kind,
    message: `${HELD_BACK}too many calls to ${modelId} failed in the last ${WINDOW_MS / 1000} s (${kind})`,
    code: 'circuit_open',
    consumed: 'nothing',
  });
}

function nameOf(state: CircuitState): string {
  return state === CircuitState.Closed ? 'closed' : state === CircuitState.HalfOpen ? 'half-open' : 'open';
}
