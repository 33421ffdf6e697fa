import type { RateLimit } from '@pointsman/providers';
import { type Allowance, observed, spend, waitFor } from './allowance.ts';

export type GovernorOptions = {
  /** Epoch milliseconds. */
  now(): number;
  /** Most calls under way at once to one model; 1,024 when absent. */
  mostConcurrent?: number | undefined;
};

/** A call about to be made; `outputTokens` is the most it may write. */
export type CallSize = { inputTokens: number; outputTokens: number };

export type CallOutcome =
  | { kind: 'answered'; outputTokens?: number | undefined }
  /** The provider refused for its limits; `retryAfterMs` where it said for how long. */
  | { kind: 'rate-limited'; retryAfterMs?: number | undefined }
  | { kind: 'failed' };

export type Permit = {
  observe(limits: readonly RateLimit[]): void;
  end(outcome: CallOutcome): void;
};

export type GovernorState = { running: number; waiting: number; limits: { unit: string; perMinute: number }[] };

type Unit = RateLimit['unit'];
type Waiter = { size: CallSize; start(): void; abandon(reason: unknown): void; signal: AbortSignal };
type Sent = { place: number; atMs: number; size: CallSize };

/** Before a provider has told its limits: so many at once, one more for each answer, half after a refusal. */
const FIRST_WINDOW = 8;
/** Tokens of a reply before the first is seen, and how much each one counts afterwards. */
const FIRST_OUTPUT = 500;
const NEW_SHARE = 0.05;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const MOST_CONCURRENT = 1_024;
/** While nothing is told of limits. */
const MOST_UNTOLD = 256;

/**
 * Keeps the calls to one model of one provider within its limits, which are learned from the replies: their headers, the
 * Retry-After of refusals, and where there are neither, by adding until refused. Calls start in the order in which they asked.
 */
export class RateGovernor {
  readonly #options: GovernorOptions;
  readonly #allowances = new Map<Unit, Allowance>();
  readonly #waiting: Waiter[] = [];
  /** What went out lately, oldest first: to take off what a reply's headers had not counted. */
  #sent: Sent[] = [];
  #places = 0;
  #running = 0;
  #window = FIRST_WINDOW;
  #meanOutput = FIRST_OUTPUT;
  #pausedUntilMs = 0;
  #refusals = 0;
  #wasRefused = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: GovernorOptions) {
    this.#options = options;
  }

  /** Waits for the turn of a call. @throws the signal's reason when it aborts first. */
  acquire(size: CallSize, signal: AbortSignal): Promise<Permit> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        size,
        signal,
        start: () => {
          signal.removeEventListener('abort', onAbort);
          resolve(this.#permit(size));
        },
        abandon: reject,
      };
      const onAbort = () => {
        const place = this.#waiting.indexOf(waiter);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiter);
      this.#pump();
    });
  }

  /** For people: what is known of the limits. */
  describe(): GovernorState {
    const limits = [...this.#allowances].map(([unit, { perMs }]) => ({ unit, perMinute: Math.round(perMs * 60_000) }));
    return { running: this.#running, waiting: this.#waiting.length, limits };
  }

  /** What a call will likely take: replies are mostly far shorter than they may be. */
  #likely({ inputTokens, outputTokens }: CallSize): CallSize {
    return { inputTokens, outputTokens: Math.min(outputTokens, this.#meanOutput) };
  }

  #permit(asked: CallSize): Permit {
    const size = this.#likely(asked);
    const sentAtMs = this.#options.now();
    const sent: Sent = { place: this.#places, atMs: sentAtMs, size };
    this.#places += 1;
    this.#running += 1;
    this.#sent.push(sent);
    for (const [unit, allowance] of this.#allowances) {
      this.#allowances.set(unit, spend(allowance, amountOf(unit, size), sentAtMs));
    }
    let ended = false;
    return {
      observe: (limits) => this.#observe(limits, sent),
      end: (outcome) => {
        if (ended) return;
        ended = true;
        this.#running -= 1;
        this.#learn(outcome);
        this.#pump();
      },
    };
  }

  #observe(limits: readonly RateLimit[], sent: Sent): void {
    const nowMs = this.#options.now();
    // In order, and only the last second or two of it went out after the request that is answered now.
    const since = this.#sent.slice(this.#sent.findLastIndex(({ place }) => place <= sent.place) + 1);
    for (const limit of limits) {
      const sentSince = since.reduce((sum, { size }) => sum + amountOf(limit.unit, size), 0);
      this.#allowances.set(limit.unit, observed({ limit, sentAtMs: sent.atMs, sentSince, nowMs }));
    }
  }

  #learn(outcome: CallOutcome): void {
    const nowMs = this.#options.now();
    if (outcome.kind === 'answered') {
      this.#meanOutput += NEW_SHARE * ((outcome.outputTokens ?? this.#meanOutput) - this.#meanOutput);
      this.#refusals = 0;
      // Doubles with each round of answers until the first refusal, then one more for each round.
      this.#window += this.#wasRefused ? 1 / this.#window : 1;
    }
    if (outcome.kind !== 'rate-limited') return;
    this.#wasRefused = true;
    this.#window = Math.max(1, Math.floor(Math.min(this.#window, this.#running + 1) / 2));
    // Calls that were under way together are refused together: one pause for all of them.
    if (nowMs < this.#pausedUntilMs) return;
    const ownPauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#refusals);
    this.#refusals += 1;
    this.#pausedUntilMs = nowMs + Math.min(LONGEST_PAUSE_MS, outcome.retryAfterMs ?? ownPauseMs);
  }

  #pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#running >= this.#mostRunning()) return;
      const waitMs = this.#waitMs(this.#likely(next.size));
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#pump(), Math.ceil(waitMs));
        return;
      }
      this.#waiting.shift();
      next.start();
    }
  }

  /** Once the limits are known they are what holds; until then the window. */
  #mostRunning(): number {
    const most = this.#options.mostConcurrent ?? MOST_CONCURRENT;
    return this.#allowances.size > 0 && this.#refusals === 0 ? most : Math.min(MOST_UNTOLD, most, this.#window);
  }

  #waitMs(size: CallSize): number {
    const nowMs = this.#options.now();
    const waits = [...this.#allowances].map(([unit, allowance]) => waitFor(allowance, amountOf(unit, size), nowMs));
    this.#forget(nowMs);
    return Math.max(0, this.#pausedUntilMs - nowMs, ...waits);
  }

  #forget(nowMs: number): void {
    const oldest = this.#sent[0];
    if (oldest === undefined || nowMs - oldest.atMs < KEPT_MS * 2) return;
    this.#sent = this.#sent.filter(({ atMs }) => nowMs - atMs < KEPT_MS);
  }
}

/** Longer than a reply takes. */
const KEPT_MS = 120_000;

function amountOf(unit: Unit, { inputTokens, outputTokens }: CallSize): number {
  if (unit === 'requests') return 1;
  if (unit === 'input-tokens') return inputTokens;
  if (unit === 'output-tokens') return outputTokens;
  return inputTokens + outputTokens;
}
