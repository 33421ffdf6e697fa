import type { ApiKey, Client } from '@pointsman/contracts';
import { createMemoryMeters } from './memory-meters.ts';
import { type Booking, type Meter, type RateState, rateError, rateState } from './meter.ts';
import { createRedisMeters } from './redis-meters.ts';

export type { RateState } from './meter.ts';

export type RateTicket = {
  state: RateState;
  /** Corrects the token booking when the real usage is known; later calls do nothing. */
  settle(actualTokens: number): void;
};

export type RateLimits = {
  /**
   * Books one request and the estimated tokens against the limits of key and client, all or nothing. Throws (or rejects
   * with) GatewayError `rate_limit_exceeded` when any of them is exhausted; nothing is booked then.
   */
  admit(who: { key: ApiKey; client: Client }, tokens: number): RateTicket | Promise<RateTicket>;
  close(): Promise<void>;
};

export type RateLimitsOptions = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Shared by all gateways; without it (and while it is down) every gateway counts for itself, in memory. */
  redisUrl?: string | undefined;
  onRedisError?: ((error: Error) => void) | undefined;
};

const UNLIMITED: RateTicket = Object.freeze({ state: Object.freeze({}), settle: () => undefined });

/**
 * Per-minute limits as token buckets: a burst may use the whole limit at once, then it refills evenly, so no span of `t`
 * minutes ever admits more than `limit * (1 + t)`. A limit that changes holds from the next request on.
 */
export function createRateLimits(options: RateLimitsOptions): RateLimits {
  const memory = createMemoryMeters(options);
  const store =
    options.redisUrl === undefined ? memory : createRedisMeters({ ...options, url: options.redisUrl }, memory);
  return {
    admit({ key, client }, tokens) {
      const meters = metersOf(key, client, tokens);
      if (meters.length === 0) return UNLIMITED;
      const booked = store.book(meters);
      return booked instanceof Promise ? booked.then((booking) => ticket(meters, booking)) : ticket(meters, booked);
    },
    close: () => store.close(),
  };
}

function metersOf(key: ApiKey, client: Client, tokens: number): Meter[] {
  const meters: Meter[] = [];
  for (const [subject, limits, name] of [
    ['key', key.limits, key.id],
    ['client', client.limits, 'all'],
  ] as const) {
    // The client's id in braces keeps all meters of one request in one slot of a Redis cluster.
    const id = `{${client.id}}:${name}`;
    if (limits.requestsPerMinute !== undefined) {
      meters.push({ id: `${id}:requests`, subject, unit: 'requests', limit: limits.requestsPerMinute, amount: 1 });
    }
    if (limits.tokensPerMinute !== undefined) {
      meters.push({ id: `${id}:tokens`, subject, unit: 'tokens', limit: limits.tokensPerMinute, amount: tokens });
    }
  }
  return meters;
}

function ticket(meters: readonly Meter[], booking: Booking): RateTicket {
  if (booking.refused !== undefined) {
    const meter = meters[booking.refused];
    if (meter !== undefined) throw rateError(meter, booking.used[booking.refused] ?? 0);
  }
  let open = true;
  return {
    state: rateState(meters, booking.used),
    settle(actualTokens) {
      if (!open) return;
      open = false;
      const counted = meters.filter((meter) => meter.unit === 'tokens');
      const difference = actualTokens - (counted[0]?.amount ?? actualTokens);
      if (difference !== 0) booking.store.correct(counted, difference);
    },
  };
}
