import { GatewayError } from '@pointsman/contracts';

/** One per-minute limit that a request must pass, and how much of it the request takes. */
export type Meter = {
  id: string;
  subject: 'key' | 'client';
  unit: 'requests' | 'tokens';
  /** Per minute, and the largest burst. */
  limit: number;
  amount: number;
};

/** How much of each meter is taken, in the order of the meters; `refused` is the index of the one that waits longest. */
export type Booking = {
  used: number[];
  refused: number | undefined;
  /** Where it was booked: a correction must go to the same place. */
  store: MeterStore;
};

/** Keeps the meters' levels. `book` is all or nothing; `correct` adds to the level later, never fails and never waits. */
export type MeterStore = {
  book(meters: readonly Meter[]): Booking | Promise<Booking>;
  correct(meters: readonly Meter[], difference: number): void;
  close(): Promise<void>;
};

/** What is left of the tightest of the key's and the client's per-minute limits; a field is absent when nothing limits it. */
export type RateState = {
  limitRequests?: number | undefined;
  remainingRequests?: number | undefined;
  /** Until the whole limit is available again, in milliseconds. */
  resetRequestsMs?: number | undefined;
  limitTokens?: number | undefined;
  remainingTokens?: number | undefined;
  resetTokensMs?: number | undefined;
};

export const WINDOW_MS = 60_000;
/** Binary fractions leave dust behind; a request must not wait for a millionth of a token, nor a millisecond longer for it. */
const DUST = 1e-6;

/** The level of a bucket after it has drained for `elapsedMs`; a clock that went backwards drains nothing. */
export function drained(used: number, limit: number, elapsedMs: number): number {
  return elapsedMs <= 0 ? used : Math.max(0, used - (elapsedMs * limit) / WINDOW_MS);
}

/** Milliseconds until the meter's amount fits on top of `used`: 0 when it fits now, Infinity when it never will. */
export function waitMs(meter: Meter, used: number): number {
  const excess = used + meter.amount - meter.limit;
  if (excess <= DUST) return 0;
  return meter.amount > meter.limit ? Number.POSITIVE_INFINITY : Math.ceil((excess * WINDOW_MS) / meter.limit - DUST);
}

/** Index of the meter that makes the request wait longest; undefined when all have room. */
export function longestWait(meters: readonly Meter[], used: readonly number[]): number | undefined {
  let refused: number | undefined;
  let longest = 0;
  for (const [index, meter] of meters.entries()) {
    const wait = waitMs(meter, used[index] ?? 0);
    if (wait > longest) {
      longest = wait;
      refused = index;
    }
  }
  return refused;
}

/** The state for the `x-ratelimit-*` headers: per unit the meter with the least left. */
export function rateState(meters: readonly Meter[], used: readonly number[]): RateState {
  const state: RateState = {};
  for (const [index, meter] of meters.entries()) {
    const level = used[index] ?? 0;
    const remaining = Math.max(0, Math.floor(meter.limit - level + DUST));
    const resetMs = Math.max(0, Math.ceil((level * WINDOW_MS) / meter.limit - DUST));
    if (meter.unit === 'requests' && remaining < (state.remainingRequests ?? Number.POSITIVE_INFINITY)) {
      state.limitRequests = meter.limit;
      state.remainingRequests = remaining;
      state.resetRequestsMs = resetMs;
    } else if (meter.unit === 'tokens' && remaining < (state.remainingTokens ?? Number.POSITIVE_INFINITY)) {
      state.limitTokens = meter.limit;
      state.remainingTokens = remaining;
      state.resetTokensMs = resetMs;
    }
  }
  return state;
}

/** Says which limit was hit, how much of it is used, and when to come back (never, for a request larger than its limit). */
export function rateError(meter: Meter, used: number): GatewayError {
  const limit = `the limit of ${meter.limit} ${meter.unit} per minute of this ${meter.subject}`;
  const wait = waitMs(meter, used);
  if (wait === Number.POSITIVE_INFINITY) {
    return new GatewayError(
      'rate_limit_exceeded',
      `Request too large: it counts as ${meter.amount} tokens, above ${limit}. Shorten the input or lower max_completion_tokens.`,
    );
  }
  const seconds = (wait / 1000).toFixed(wait < 10_000 ? 1 : 0);
  return new GatewayError(
    'rate_limit_exceeded',
    `Rate limit reached: ${Math.ceil(used)} used and ${meter.amount} requested of ${limit}. Try again in ${seconds} s.`,
    { retryAfterMs: wait },
  );
}
