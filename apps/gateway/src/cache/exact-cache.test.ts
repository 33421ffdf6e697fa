import { describe, expect, it } from 'vitest';
import { createExactCache } from './exact-cache.ts';
import { describeExactCache, reply } from './test/describe-exact-cache.ts';

describeExactCache('in memory', () => {
  const clock = { ms: 5_000 };
  const pass = (ms: number) => {
    clock.ms += ms;
    return Promise.resolve();
  };
  return Promise.resolve({ cache: createExactCache({ maxBytes: 1_000_000, now: () => clock.ms }), pass });
});

describe('the exact cache in memory', () => {
  it('stays within its bytes and keeps what was used last', () => {
    const cache = createExactCache({ maxBytes: 100_000, now: () => 0 });
    cache.store('cli_1:kept', reply('x'.repeat(2_000)), 60);
    for (let i = 0; i < 200; i += 1) {
      cache.store(`cli_1:${i}`, reply('x'.repeat(2_000)), 60);
      expect(cache.find('cli_1:kept')).toBeDefined();
      expect(cache.stats().bytes).toBeLessThanOrEqual(100_000);
    }
    expect(cache.stats().entries).toBe(19);
  });

  it('does not store a reply that would push out an eighth of the others', () => {
    const cache = createExactCache({ maxBytes: 100_000, now: () => 0 });
    cache.store('cli_1:small', reply('x'), 60);
    cache.store('cli_1:huge', reply('x'.repeat(20_000)), 60);
    expect(cache.find('cli_1:huge')).toBeUndefined();
    expect(cache.find('cli_1:small')).toBeDefined();
  });
});
