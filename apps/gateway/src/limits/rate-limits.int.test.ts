import { type ApiKey, type Client, GatewayError, type Limits } from '@pointsman/contracts';
import { testRedis } from '@pointsman/testkit';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createRateLimits, type RateLimits, type RateTicket } from './rate-limits.ts';

const redis = await testRedis();
const stop = redis.available ? redis.value.stop : () => Promise.resolve();
afterAll(stop);

function who(id: string, limits: { key?: ApiKey['limits']; client?: Limits }): { key: ApiKey; client: Client } {
  const at = { createdAt: '2026-01-01T00:00:00Z' };
  return {
    key: {
      id: 'key_1',
      clientId: id,
      name: 'key',
      scopes: ['inference'],
      limits: limits.key ?? {},
      prefix: 'pm_1',
      revokedAt: undefined,
      ...at,
    },
    client: {
      id,
      name: 'Client',
      limits: limits.client ?? {},
      cache: { enabled: false, ttlSeconds: 60 },
      policy: 'default',
      disabledAt: undefined,
      ...at,
    },
  };
}

const attempt = async (
  limits: RateLimits,
  asker: ReturnType<typeof who>,
  tokens: number,
): Promise<RateTicket | GatewayError> => {
  try {
    return await limits.admit(asker, tokens);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
};

/** Only Redis answers with a promise: memory stands in until the connection is there. */
async function shared(url: string, clock: { ms: number }): Promise<RateLimits> {
  const limits = createRateLimits({ now: () => clock.ms, redisUrl: url });
  await expect
    .poll(() => limits.admit(who('cli_ready', { key: { requestsPerMinute: 1e6 } }), 1) instanceof Promise)
    .toBe(true);
  return limits;
}

describe.runIf(redis.available)('rate limits in Redis', () => {
  const url = redis.available ? redis.value.url : '';

  it('decide, report and wait exactly as those in memory', async () => {
    const clock = { ms: 1_700_000_000_000 };
    const inRedis = await shared(url, clock);
    const step = fc.record({
      waitMs: fc.nat({ max: 30_000 }),
      tokens: fc.nat({ max: 400 }),
      actual: fc.nat({ max: 600 }),
    });
    const perMinute = fc.record(
      { requestsPerMinute: fc.integer({ min: 1, max: 9 }), tokensPerMinute: fc.integer({ min: 1, max: 500 }) },
      { requiredKeys: [] },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), perMinute, perMinute, async (steps, key, client) => {
        run += 1;
        const asker = who(`cli_${run}`, { key, client });
        const inMemory = createRateLimits({ now: () => clock.ms });
        for (const { waitMs, tokens, actual } of steps) {
          clock.ms += waitMs;
          const [a, b] = await Promise.all([attempt(inRedis, asker, tokens), attempt(inMemory, asker, tokens)]);
          if (a instanceof GatewayError || b instanceof GatewayError) {
            expect(a).toEqual(b);
          } else {
            expect(a.state).toEqual(b.state);
            a.settle(actual);
            b.settle(actual);
          }
        }
      }),
      { numRuns: 60 },
    );
    await inRedis.close();
  });

  it('hold several gateways together to one limit, exactly, however many ask at once', async () => {
    const clock = { ms: 1_700_000_000_000 };
    const gateways = await Promise.all([shared(url, clock), shared(url, clock), shared(url, clock)]);
    const asker = who('cli_together', {
      key: { requestsPerMinute: 1_000, tokensPerMinute: 500 },
      client: { requestsPerMinute: 1_000 },
    });
    const results = await Promise.all(
      Array.from({ length: 120 }, (_, i) => attempt(gateways[i % 3] ?? gateways[0], asker, 10)),
    );
    expect(results.filter((result) => !(result instanceof GatewayError))).toHaveLength(50);
    const [first] = gateways;
    const state = await attempt(first, who('cli_together', { client: { requestsPerMinute: 1_000 } }), 0);
    expect(state).toMatchObject({ state: { remainingRequests: 949 } });
    await Promise.all(gateways.map((gateway) => gateway.close()));
  });
});

describe('rate limits whose Redis is away', () => {
  it('go on in memory and report it', async () => {
    const errors: Error[] = [];
    const limits = createRateLimits({
      now: () => 0,
      redisUrl: 'redis://127.0.0.1:1',
      onRedisError: (error) => errors.push(error),
    });
    const asker = who('cli_1', { key: { requestsPerMinute: 2 } });
    const results = [await attempt(limits, asker, 1), await attempt(limits, asker, 1), await attempt(limits, asker, 1)];
    expect(results.map((result) => result instanceof GatewayError)).toEqual([false, false, true]);
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    await limits.close();
  });
});
