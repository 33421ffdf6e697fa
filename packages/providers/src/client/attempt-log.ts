import type { Exchange } from '../transport/exchange.ts';
import type { AttemptReport, CallOptions } from '../types.ts';
import { ProviderError } from '../types.ts';

/** Gathers the facts of one attempt and reports them exactly once. */
export class AttemptLog {
  readonly #options: CallOptions;
  readonly #now: () => number;
  readonly #startedAtMs: number;
  #reported = false;
  exchange: Exchange | undefined;
  status: number | undefined;
  providerRequestId: string | undefined;
  #firstTokenMs: number | undefined;

  constructor(options: CallOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
    this.#startedAtMs = now();
  }

  firstToken(): void {
    this.#firstTokenMs ??= this.#now() - this.#startedAtMs;
  }

  answered(): void {
    this.#report({ outcome: 'answered', consumed: 'perhaps' });
  }

  /** The caller went away. */
  abandoned(): void {
    this.#report({ outcome: 'abandoned', consumed: this.exchange?.sent === true ? 'perhaps' : 'nothing' });
  }

  /** Anything but a `ProviderError` is a bug of ours; the attempt still leaves its report. */
  failed(error: unknown): void {
    if (error instanceof ProviderError) {
      const { kind, message, consumed, status } = error;
      this.status ??= status;
      this.#report({ outcome: 'failed', failure: kind, message, consumed });
    } else {
      this.#report({
        outcome: 'failed',
        message: 'internal error',
        consumed: this.exchange?.sent === true ? 'perhaps' : 'nothing',
      });
    }
  }

  #report(outcome: Pick<AttemptReport, 'outcome' | 'failure' | 'message' | 'consumed'>): void {
    if (this.#reported) return;
    this.#reported = true;
    const queueMs = this.exchange?.queueMs;
    this.#options.onAttempt({
      ...outcome,
      startedAtMs: this.#startedAtMs,
      totalMs: this.#now() - this.#startedAtMs,
      ...(this.status !== undefined && { status: this.status }),
      ...(this.providerRequestId !== undefined && { providerRequestId: this.providerRequestId }),
      ...(queueMs !== undefined && { queueMs }),
      ...(this.#firstTokenMs !== undefined && { firstTokenMs: this.#firstTokenMs }),
    });
  }
}
