import { type ApiKey, type Client, GatewayError, type Limits } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimits, type RateTicket } from './rate-limits.ts';

const MINUTE = 60_000;

function who(limits: { key?: ApiKey['limits']; client?: Limits }, ids = { key: 'key_1', client: 'cli_1' }) {
  const client: Client = {
    id: ids.client,
    name: 'Client',
    limits: limits.client ?? {},
    cache: { enabled: false, ttlSeconds: 60 },
    policy: 'default',
    createdAt: '2026-01-01T00:00:00Z',
    disabledAt: undefined,
  };
  const key: ApiKey = {
    id: ids.key,
    clientId: ids.client,
    name: 'key',
    scopes: ['inference'],
    limits: limits.key ?? {},
    prefix: 'pm_12345',
    createdAt: '2026-01-01T00:00:00Z',
    revokedAt: undefined,
  };
  return { key, client };
}

/** Memory mode answers synchronously: a promise here would be a defect. */
function limiter() {
  const clock = { ms: 1_000_000 };
  const limits = createRateLimits({ now: () => clock.ms });
  return {
    clock,
    admit(asker: ReturnType<typeof who>, tokens: number): RateTicket {
      const ticket = limits.admit(asker, tokens);
      if (ticket instanceof Promise) throw new Error('memory limits must not wait');
      return ticket;
    },
  };
}

function refusal(run: () => unknown): GatewayError {
  try {
    run();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('was admitted');
}

describe('rate limits in memory', () => {
  it('admits the whole limit at once, refuses the next request and says when to come back', () => {
    const { admit, clock } = limiter();
    const asker = who({ key: { requestsPerMinute: 3 } });
    expect([1, 2, 3].map(() => admit(asker, 10).state.remainingRequests)).toEqual([2, 1, 0]);
    const error = refusal(() => admit(asker, 10));
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', retryAfterMs: 20_000 });
    expect(error.message).toContain('3 requests per minute of this key');
    clock.ms += 19_999;
    refusal(() => admit(asker, 10));
    clock.ms += 1;
    expect(admit(asker, 10).state).toEqual({ limitRequests: 3, remainingRequests: 0, resetRequestsMs: 60_000 });
  });

  it('books nothing anywhere when one of the limits refuses', () => {
    const { admit } = limiter();
    const asker = who({ key: { requestsPerMinute: 100 }, client: { requestsPerMinute: 100, tokensPerMinute: 50 } });
    admit(asker, 50);
    for (let i = 0; i < 20; i += 1) refusal(() => admit(asker, 1));
    expect(admit(asker, 0).state).toMatchObject({ remainingRequests: 98, remainingTokens: 0 });
  });

  it('holds the keys of a client together to the client limit, and keeps clients apart', () => {
    const { admit } = limiter();
    const limits = { client: { requestsPerMinute: 2 } };
    admit(who(limits, { key: 'key_a', client: 'cli_1' }), 1);
    admit(who(limits, { key: 'key_b', client: 'cli_1' }), 1);
    const error = refusal(() => admit(who(limits, { key: 'key_c', client: 'cli_1' }), 1));
    expect(error.message).toContain('of this client');
    expect(admit(who(limits, { key: 'key_d', client: 'cli_2' }), 1).state.remainingRequests).toBe(1);
  });

  it('reports the tighter of the two limits', () => {
    const { admit } = limiter();
    const asker = who({ key: { requestsPerMinute: 10 }, client: { requestsPerMinute: 5, tokensPerMinute: 1000 } });
    expect(admit(asker, 100).state).toEqual({
      limitRequests: 5,
      remainingRequests: 4,
      resetRequestsMs: 12_000,
      limitTokens: 1000,
      remainingTokens: 900,
      resetTokensMs: 6_000,
    });
  });

  it('gives back what was estimated too high and takes what was estimated too low, once', () => {
    const { admit } = limiter();
    const asker = who({ client: { tokensPerMinute: 1000 } });
    const first = admit(asker, 800);
    first.settle(100);
    first.settle(0);
    const second = admit(asker, 100);
    expect(second.state.remainingTokens).toBe(800);
    second.settle(1500);
    expect(refusal(() => admit(asker, 1)).retryAfterMs).toBe(36_060);
  });

  it('says that a request larger than its limit can never pass, without a time to retry', () => {
    const { admit } = limiter();
    const error = refusal(() => admit(who({ key: { tokensPerMinute: 1000 } }), 1001));
    expect(error.retryAfterMs).toBeUndefined();
    expect(error.message).toContain('too large');
  });

  it('applies a changed limit from the next request on', () => {
    const { admit } = limiter();
    for (let i = 0; i < 4; i += 1) admit(who({ key: { requestsPerMinute: 5 } }), 1);
    refusal(() => admit(who({ key: { requestsPerMinute: 4 } }), 1));
    expect(admit(who({ key: { requestsPerMinute: 50 } }), 1).state.remainingRequests).toBe(45);
  });

  it('neither refills nor loses bookings when the clock goes backwards, and refills from there', () => {
    const { admit, clock } = limiter();
    const asker = who({ key: { requestsPerMinute: 2 } });
    admit(asker, 1);
    clock.ms -= 10 * MINUTE;
    admit(asker, 1);
    refusal(() => admit(asker, 1));
    clock.ms += MINUTE;
    admit(asker, 1);
  });

  it('does no work for the unlimited', () => {
    const { admit } = limiter();
    const asker = who({});
    expect(admit(asker, 1e9)).toBe(admit(asker, 1));
    expect(admit(asker, 1).state).toEqual({});
  });

  it('never admits more than limit * (1 + t) in any span of t minutes, whatever is estimated and settled', () => {
    const step = fc.record({
      waitMs: fc.nat({ max: 90_000 }),
      estimate: fc.nat({ max: 120 }),
      actual: fc.nat({ max: 120 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 100 }), (steps, limit) => {
        const { admit, clock } = limiter();
        const asker = who({ key: { tokensPerMinute: limit } });
        const admitted: { at: number; tokens: number }[] = [];
        for (const { waitMs, estimate, actual } of steps) {
          clock.ms += waitMs;
          try {
            // What is used never exceeds what was booked here, so every span is bounded; debts have their own test.
            const ticket = admit(asker, estimate);
            const used = Math.min(actual, estimate);
            ticket.settle(used);
            admitted.push({ at: clock.ms, tokens: used });
          } catch (error) {
            expect(error).toBeInstanceOf(GatewayError);
          }
        }
        for (const [i, first] of admitted.entries()) {
          let sum = 0;
          for (const event of admitted.slice(i)) {
            sum += event.tokens;
            expect(sum).toBeLessThanOrEqual(limit * (1 + (event.at - first.at) / MINUTE) + 1e-3);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('admits after exactly the wait it announced, and not a hundredth of it earlier', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 50, max: 500 }), (bookings, limit) => {
        const { admit, clock } = limiter();
        const asker = who({ client: { tokensPerMinute: limit } });
        for (const tokens of [...bookings, limit]) {
          try {
            admit(asker, tokens);
          } catch (error) {
            const waitMs = error instanceof GatewayError ? (error.retryAfterMs ?? 0) : 0;
            clock.ms += Math.floor(waitMs * 0.99) - 1;
            if (waitMs > 200) refusal(() => admit(asker, tokens));
            clock.ms += waitMs - Math.floor(waitMs * 0.99) + 1;
            admit(asker, tokens);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
