import type { RateLimit } from '@pointsman/providers';

/** What is left of one limit of a provider, as far as its last reply and our own sends since then tell. */
export type Allowance = {
  limit: number;
  /** At `atMs`; below 0 when more was sent than there was. */
  level: number;
  atMs: number;
  perMs: number;
};

/** Limits are per minute unless their headers say how fast they fill. */
const MINUTE_MS = 60_000;

export function levelAt(allowance: Allowance, nowMs: number): number {
  return Math.min(allowance.limit, allowance.level + allowance.perMs * Math.max(0, nowMs - allowance.atMs));
}

export function spend(allowance: Allowance, amount: number, nowMs: number): Allowance {
  return { ...allowance, level: levelAt(allowance, nowMs) - amount, atMs: nowMs };
}

/** Milliseconds until `amount` may be sent; 0 for now. More than the whole limit waits for a full one. */
export function waitFor(allowance: Allowance, amount: number, nowMs: number): number {
  const short = Math.min(amount, allowance.limit) - levelAt(allowance, nowMs);
  return short <= 0 ? 0 : short / allowance.perMs;
}

export type Observation = {
  limit: RateLimit;
  /** When the request that was answered went out: what the provider counted was left then. */
  sentAtMs: number;
  /** What was sent since, in the unit of the limit. */
  sentSince: number;
  nowMs: number;
};

/**
 * The allowance that a reply's headers tell of. They count what other users of the account took as well, so they win over
 * our own book; what went out since the provider counted is taken off.
 */
export function observed({ limit, sentAtMs, sentSince, nowMs }: Observation): Allowance {
  const perMs = fillingRate(limit);
  const filled = Math.min(limit.limit, limit.remaining + perMs * Math.max(0, nowMs - sentAtMs));
  return { limit: limit.limit, level: filled - sentSince, atMs: nowMs, perMs };
}

/** A bucket of `limit` that lacks `limit - remaining` and is full after `resetMs` fills at their ratio. */
function fillingRate({ limit, remaining, resetMs }: RateLimit): number {
  const perMinute = limit / MINUTE_MS;
  const lacking = limit - remaining;
  // Short resets are rounded by the provider, and one that never lacked anything says nothing.
  if (resetMs === undefined || resetMs < 1000 || lacking <= 0) return perMinute;
  return Math.min(Math.max(lacking / resetMs, perMinute / 60), perMinute * 4);
}
