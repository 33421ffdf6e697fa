import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CachedReply, ExactCache } from '../exact-cache.ts';

export const reply = (body: string): CachedReply => ({
  modelId: 'openai/gpt-5',
  provider: 'openai',
  decisionId: 'dec_1',
  usage: { inputTokens: 3, outputTokens: 4 },
  body,
  storedAtMs: 1_000,
});

/** What every exact cache does, wherever it keeps its entries. `pass` lets time go by for it. */
export function describeExactCache(
  name: string,
  open: () => Promise<{ cache: ExactCache; pass(ms: number): Promise<void> }>,
): void {
  describe(`an exact cache ${name}`, () => {
    let cache: ExactCache;
    let pass: (ms: number) => Promise<void>;
    beforeAll(async () => {
      ({ cache, pass } = await open());
    });
    afterAll(() => cache.close());

    it('gives back what was stored, field by field, and counts hits and misses', async () => {
      const before = cache.stats();
      expect(await cache.find('cli_1:unknown')).toBeUndefined();
      cache.store('cli_1:a', reply('{"text":"ü🚂"}'), 60);
      expect(await cache.find('cli_1:a')).toEqual(reply('{"text":"ü🚂"}'));
      const { hits, misses, stored } = cache.stats();
      expect([hits - before.hits, misses - before.misses, stored - before.stored]).toEqual([1, 1, 1]);
    });

    it('replaces what was stored under the same key', async () => {
      cache.store('cli_1:b', reply('old'), 60);
      cache.store('cli_1:b', reply('new'), 60);
      expect((await cache.find('cli_1:b'))?.body).toBe('new');
    });

    it('forgets an entry when its time is over, each at its own', async () => {
      cache.store('cli_1:short', reply('short'), 1);
      cache.store('cli_1:long', reply('long'), 60);
      await pass(1_050);
      expect(await cache.find('cli_1:short')).toBeUndefined();
      expect((await cache.find('cli_1:long'))?.body).toBe('long');
    });

    it('drops all entries of one client and none of a client whose id begins or matches alike', async () => {
      const ids = ['cli_[1]*', 'cli_[1]*2', 'cli_1'];
      for (const id of ids) for (const n of [1, 2, 3]) cache.store(`${id}:drop${n}`, reply(id), 60);
      cache.dropClient('cli_[1]*');
      await pass(100);
      const found = await Promise.all(ids.map((id) => cache.find(`${id}:drop2`)));
      expect(found.map((each) => each?.body)).toEqual([undefined, 'cli_[1]*2', 'cli_1']);
    });
  });
}
