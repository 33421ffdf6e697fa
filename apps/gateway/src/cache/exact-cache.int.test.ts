import { setTimeout as sleep } from 'node:timers/promises';
import { testRedis } from '@pointsman/testkit';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createExactCache, type ExactCache } from './exact-cache.ts';
import { describeExactCache, reply } from './test/describe-exact-cache.ts';

const redis = await testRedis();
const stop = redis.available ? redis.value.stop : () => Promise.resolve();
afterAll(stop);

const open = (url: string, errors: Error[] = []): ExactCache =>
  createExactCache({ maxBytes: 1_000_000, now: Date.now, redisUrl: url, onRedisError: (error) => errors.push(error) });

async function ready(cache: ExactCache): Promise<void> {
  await vi.waitFor(async () => {
    cache.store('ready:ready', reply('ready'), 10);
    expect((await cache.find('ready:ready'))?.body).toBe('ready');
  });
}

describe.runIf(redis.available)('with Redis', () => {
  const url = redis.available ? redis.value.url : '';

  describeExactCache('in Redis', async () => {
    const cache = open(url);
    await ready(cache);
    return { cache, pass: (ms: number) => sleep(ms) };
  });

  it('shares replies between gateways', async () => {
    const [one, two] = [open(url), open(url)];
    await Promise.all([ready(one), ready(two)]);
    one.store('cli_1:shared', reply('shared'), 60);
    await expect.poll(async () => (await two.find('cli_1:shared'))?.body).toBe('shared');
    await Promise.all([one.close(), two.close()]);
  });
});

describe('a Redis that is away', () => {
  it('is a miss at once and never an error', async () => {
    const errors: Error[] = [];
    const cache = open('redis://127.0.0.1:1', errors);
    cache.store('cli_1:a', reply('a'), 60);
    cache.dropClient('cli_1');
    expect(await cache.find('cli_1:a')).toBeUndefined();
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    expect(await cache.find('cli_1:a')).toBeUndefined();
    expect(cache.stats()).toMatchObject({ hits: 0, misses: 2, stored: 0 });
    await cache.close();
  });
});
